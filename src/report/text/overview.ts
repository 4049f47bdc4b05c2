import { counted, thousands } from "../../model/counted.js";
import { printable } from "../../model/printable.js";
import type { Report } from "../../model/report.js";
import { rulePage } from "../../model/rule-page.js";
import type { RuleTotal } from "../shared/rule-totals.js";
import { findingsInWords, placeText } from "../shared/wording.js";
import { fact } from "./facts.js";
import { levelPaint, MARKS } from "./levels.js";
import { type Pen, wrapped } from "./pen.js";

/** Columns for level and count before the message. */
const HEAD = 20;

/**
 * The rules by level and count, each with its first place.
 *
 * @param lines for rules; further rules are only counted
 */
export function* overview(
  report: Report,
  totals: readonly RuleTotal[],
  pen: Pen,
  lines = Number.POSITIVE_INFINITY,
): Iterable<string> {
  yield* fact("found", pen.paint.dim, findingsInWords(report), pen);
  if (totals.length === 0) return;
  yield* ["\n", ...rows(totals, pen, lines), "\n"];
  const [{ rule, first }] = totals as readonly [RuleTotal];
  const where = first === undefined ? "" : `${placeText(first)}, `;
  yield* fact("begin with", pen.paint.dim, `${where}mplp-check explain ${rule}`, pen);
}

function* rows(totals: readonly RuleTotal[], pen: Pen, lines: number): Iterable<string> {
  let left = lines;
  for (const [index, total] of totals.entries()) {
    const row = [...rowOf(total, pen)];
    left -= row.length;
    if (left < 0 && index > 0) return yield* restLine(totals.slice(index), pen);
    yield* row;
  }
}

function* rowOf({ rule, level, defects, places, message, first }: RuleTotal, pen: Pen): Iterable<string> {
  const { paint } = pen;
  const head = levelPaint(level, paint).bold(`${MARKS[level]} ${level.padEnd(6)}`);
  yield* wrapped(printable(message), `${head}${thousands(places).padStart(10)}  `, HEAD, pen, paint.bold);
  const where = first === undefined ? [] : [`first at ${placeText(first)}`];
  const parts = [
    rule,
    ...(defects === 1 ? [] : [counted(defects, level === "NOTE" ? "note" : "defect")]),
    ...where,
  ];
  const linked = (line: string): string => line.replace(rule, () => pen.link(rule, rulePage(rule)));
  yield* wrapped(printable(parts.join(", ")), " ".repeat(HEAD), HEAD, pen, (line) => paint.dim(linked(line)));
}

function* restLine(totals: readonly RuleTotal[], pen: Pen): Iterable<string> {
  const places = totals.reduce((sum, total) => sum + total.places, 0);
  const rules = counted(totals.length, "more rule");
  const text = `${rules} at ${counted(places, "place")}; -f summary has all of them`;
  yield* wrapped(text, " ".repeat(HEAD), HEAD, pen, pen.paint.dim);
}
