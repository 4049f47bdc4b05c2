import { type Clause, countsByLevel } from "../../model/clause.js";
import type { ClauseResult, InputSummary, Report } from "../../model/report.js";
import { CLAIM_CLAUSES } from "../../model/verdict.js";

/** True if parts of a report contradict each other, or the clauses that there are: mplp-check writes no such report. */
export function isContradictory(report: Report, catalogue: readonly Clause[]): boolean {
  return (
    !VERSION.test(report.tool.version) ||
    !hasClausesOf(catalogue, report) ||
    !report.clauses.every((clause, index) => isPossible(clause, catalogue[index], report)) ||
    !isSummedUp(report)
  );
}

/** Whatever else an installer takes for a version could be another package. */
const VERSION = /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;

function hasClausesOf(catalogue: readonly Clause[], { clauses }: Report): boolean {
  return (
    clauses.length === catalogue.length &&
    clauses.every(({ id, level }, index) => id === catalogue[index]?.id && level === catalogue[index]?.level)
  );
}

function isPossible(result: ClauseResult, clause: Clause | undefined, { claims, findings }: Report): boolean {
  const { id, status, checked, violations, waived = 0, attestation } = result;
  if (violations > 0 !== (status === "violated")) return false;
  if (status === "satisfied") return checked > 0 && waived === 0;
  if (status === "attested") return attestation !== undefined;
  if (status === "waived")
    return waived > 0 && findings.some(({ clauses, waiver }) => waiver !== undefined && clauses.includes(id));
  if (status !== "not-applicable") return true;
  return clause?.when !== undefined && !claims.some((claim) => CLAIM_CLAUSES[claim].includes(id));
}

function isSummedUp({ clauses, findings, inputs, notRead, summary }: Report): boolean {
  const byLevel = countsByLevel();
  let waived = 0;
  for (const { level, count, waiver } of findings)
    if (waiver === undefined) byLevel[level] += count;
    else waived += count;
  const isCounted = Object.entries(byLevel).every(
    ([level, count]) => summary.byLevel[level as keyof typeof byLevel] === count,
  );
  const isCovered = Object.entries(summary.coverage).every(([level, statuses]) =>
    Object.entries(statuses).every(
      ([status, count]) =>
        clauses.filter((clause) => clause.level === level && clause.status === status).length === count,
    ),
  );
  return (
    isCounted &&
    isCovered &&
    (summary.waived ?? 0) === waived &&
    summary.notRead >= notRead.length &&
    inputs.every(hasWhatItSays) &&
    inputs.reduce((sum, { recognised }) => sum + eventsIn(recognised), 0) === summary.events
  );
}

/** No record comes from nothing. */
function hasWhatItSays({ bytes, recognised }: InputSummary): boolean {
  return bytes > 0 || Object.values(recognised).every((records) => records === 0);
}

function eventsIn(recognised: InputSummary["recognised"]): number {
  return recognised.event + recognised["integration-event"] + recognised["profile-event"];
}
