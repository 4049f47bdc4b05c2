import { withoutCommands } from "../../model/printable.js";
import type { Report } from "../../model/report.js";
import { ruleTotals } from "../shared/rule-totals.js";
import { othersInWords, selected } from "../shared/selection.js";
import type { Surface } from "../shared/surface.js";
import { clauseFacts, clauseTable, fact, quietLines, runFacts } from "./facts.js";
import { findingsLines } from "./findings.js";
import { overview } from "./overview.js";
import { type Pen, penFor } from "./pen.js";
import { verdictLines } from "./verdict.js";

/** The lines that fit on a screen. Longer findings get an overview before them. */
const SCREEN = 40;
/** Lines of the overview for rules. */
const RULES = 28;

/** The report for people: the verdict, each finding with its evidence, a table of clauses, the verdict again. */
export function* renderText(report: Report, surface: Surface): Iterable<string> {
  const pen = penFor(surface);
  const verdict = [...verdictLines(report, surface, pen)];
  const lines =
    surface.quiet === true
      ? quietLines(report, verdict, pen)
      : [...above(report, surface, pen, verdict), ...below(report, pen), ...verdict];
  for (const line of lines) yield withoutCommands(line);
}

/** Empty if there is no finding: then the verdict at the end is near enough. */
function* above(report: Report, surface: Surface, pen: Pen, verdict: readonly string[]): Iterable<string> {
  if (report.findings.length === 0) return;
  const { shown, others } = selected(report.findings, surface);
  const details = [...findingsLines(shown, report, pen)];
  yield* [...verdict, "\n"];
  if (details.length > SCREEN) {
    const counting = report.findings.filter(({ waiver }) => waiver === undefined);
    yield* [...overview(report, ruleTotals(counting), pen, RULES), "\n"];
  }
  yield* details;
  if (others.length > 0) yield* [...fact("not shown", pen.paint.yellow, othersInWords(others), pen), "\n"];
}

function* below(report: Report, pen: Pen): Iterable<string> {
  yield* runFacts(report, pen);
  yield "\n";
  yield* clauseTable(report, pen);
  yield "\n";
  const facts = [...clauseFacts(report, pen)];
  if (facts.length > 0) yield* [...facts, "\n"];
}
