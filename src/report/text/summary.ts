import { withoutCommands } from "../../model/printable.js";
import type { Report } from "../../model/report.js";
import { ruleTotals } from "../shared/rule-totals.js";
import { othersInWords, selected } from "../shared/selection.js";
import type { Surface } from "../shared/surface.js";
import { circumstances, fact, quietLines } from "./facts.js";
import { overview } from "./overview.js";
import { type Pen, penFor } from "./pen.js";
import { verdictLines } from "./verdict.js";

/** The report in short: the verdict, the rules by level and count with their first place, the gaps. */
export function* renderSummary(report: Report, surface: Surface): Iterable<string> {
  const pen = penFor(surface);
  const verdict = [...verdictLines(report, surface, pen)];
  const lines =
    surface.quiet === true
      ? quietLines(report, verdict, pen)
      : [...verdict, "\n", ...rules(report, surface, pen), "\n", ...verdict];
  for (const line of lines) yield withoutCommands(line);
}

function* rules(report: Report, surface: Surface, pen: Pen): Iterable<string> {
  const counting = report.findings.filter(({ waiver }) => waiver === undefined);
  const { shown, others } = selected(counting, surface);
  yield* overview(report, ruleTotals(shown), pen);
  const facts = [...circumstances(report, pen)];
  if (others.length > 0) facts.push(...fact("not shown", pen.paint.yellow, othersInWords(others), pen));
  if (facts.length > 0) yield* ["\n", ...facts];
}
