import type { FindingLevel } from "../../model/clause.js";
import { counted } from "../../model/counted.js";
import type { Finding, Location, Occurrence } from "../../model/finding.js";
import { loggable } from "../../model/printable.js";
import type { Report, RunError } from "../../model/report.js";
import type { Shown } from "../../model/shown.js";
import { tally } from "../../model/tally.js";
import { verdictSentence } from "../../model/verdict-sentence.js";
import { type Condition, conditionsOf, unaskedConditions } from "../shared/conditions.js";
import { othersInWords, selected } from "../shared/selection.js";
import type { Surface } from "../shared/surface.js";
import { findingsInWords, NOT_ALL_READ } from "../shared/wording.js";

const SEVERITIES = {
  MUST: "error",
  SHOULD: "warning",
  MAY: "note",
  NOTE: "note",
} as const satisfies Record<FindingLevel, string>;

/**
 * One line for each listed place, as compilers write them: `path:line:column: error PS-4.1-2: message [rule]`. Waived
 * findings are only counted. Lines about the run begin with the name of the program. The last line is the verdict.
 */
export function* renderCompact(report: Report, surface: Surface): Iterable<string> {
  const lines =
    surface.quiet === true
      ? unaskedConditions(report).map((condition) => ofTheRun(conditionText(condition)))
      : [...placeLines(report, surface), ...runLines(report).map(ofTheRun)];
  for (const line of [...lines, `${report.verdict}: ${verdictSentence(report)}`]) yield `${loggable(line)}\n`;
}

function* placeLines(report: Report, surface: Surface): Iterable<string> {
  const counting = report.findings.filter(({ waiver }) => waiver === undefined);
  const { shown, others } = selected(counting, surface);
  for (const error of report.errors) yield errorLine(error);
  for (const finding of shown) for (const place of finding.locations) yield placeLine(finding, place);
  const more = tally(shown).places - shown.reduce((sum, { locations }) => sum + locations.length, 0);
  if (more > 0) yield ofTheRun(`${counted(more, "more place")} not listed; --findings writes all of them`);
  if (others.length > 0) yield ofTheRun(`not shown: ${othersInWords(others)}`);
}

/** The line for a finding that stands alone. */
export function occurrenceLine(occurrence: Shown<Occurrence>): string {
  return loggable(placeLine(occurrence, occurrence));
}

function placeLine(
  { level, clauses, message, rule }: Pick<Finding, "level" | "clauses" | "message" | "rule">,
  { path, line, column = 1, absent }: Pick<Location, "path" | "line" | "column" | "absent">,
): string {
  const where = absent === true ? " (the whole file)" : "";
  return `${path}:${line}:${column}: ${SEVERITIES[level]} ${clauses.join(", ")}: ${message}${where} [${rule}]`;
}

function errorLine({ path, line = 1, message, about }: RunError): string {
  const what = `error ${about ?? "not checked"}: ${message}`;
  return path === "" ? ofTheRun(what) : `${path}:${line}:1: ${what}`;
}

function runLines(report: Report): readonly string[] {
  return [
    ...(report.interrupted === true ? [`interrupted: ${NOT_ALL_READ}`] : []),
    ...conditionsOf(report).map(conditionText),
    ...report.reservations.map((reason) => `claim open: ${reason}`),
    `found: ${findingsInWords(report)}`,
  ];
}

function conditionText({ label, text }: Condition): string {
  return `${label}: ${text}`;
}

function ofTheRun(text: string): string {
  return `mplp-check: ${text}`;
}
