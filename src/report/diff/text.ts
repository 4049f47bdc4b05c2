import { printable, withoutCommands } from "../../model/printable.js";
import type { Surface } from "../shared/surface.js";
import { levelPaint } from "../text/levels.js";
import { type Pen, penFor, wrapped } from "../text/pen.js";
import type { Change, ClauseChange, Comparison, FindingChange } from "./comparison.js";
import { changedPlace, comparisonSentence, countsInWords, statusInWords } from "./words.js";

const SIGNS: Readonly<Record<Change, string>> = { new: "+", more: "+", fewer: "-", gone: "-" };
const INDENT = 4;

/** The comparison for people at a terminal: the sentence about it first and last. */
export function* renderTextDiff(comparison: Comparison, surface: Surface): Iterable<string> {
  for (const line of lines(comparison, penFor(surface))) yield withoutCommands(line);
}

function* lines(comparison: Comparison, pen: Pen): Iterable<string> {
  const { findings, clauses, cautions } = comparison;
  const sentence = `${pen.paint.bold(printable(comparisonSentence(comparison)))}\n`;
  yield sentence;
  if (findings.length + clauses.length + cautions.length === 0) return;
  yield "\n";
  for (const caution of cautions)
    yield* wrapped(printable(caution), `${pen.paint.yellow("caution")} `, 8, pen);
  if (cautions.length > 0) yield "\n";
  for (const finding of findings) yield* findingLines(finding, pen);
  if (findings.length > 0) yield "\n";
  for (const clause of clauses) yield* clauseLines(clause, pen);
  if (clauses.length > 0) yield "\n";
  yield sentence;
}

function* findingLines(finding: FindingChange, pen: Pen): Iterable<string> {
  const { change, level, clauses, rule, message } = finding;
  const { paint } = pen;
  const isWorse = change === "new" || change === "more";
  const sign = (isWorse ? paint.red : paint.green)(`${SIGNS[change]} ${change}`);
  const cited = printable(clauses.join(", "));
  yield `${sign} ${levelPaint(level, paint)(level)} ${cited} ${paint.dim(`[${printable(rule)}]`)}\n`;
  yield* wrapped(printable(message), " ".repeat(INDENT), INDENT, pen, paint.bold);
  const place = printable(`${countsInWords(finding)}; ${changedPlace(finding)}`);
  yield* wrapped(place, " ".repeat(INDENT), INDENT, pen);
}

function clauseLines(clause: ClauseChange, pen: Pen): Iterable<string> {
  const { id, title, level } = clause;
  const text = `${id} ${title}: ${statusInWords(clause)}`;
  return wrapped(printable(text), `${levelPaint(level, pen.paint)(level)} `, level.length + 1, pen);
}
