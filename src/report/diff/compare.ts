import { type FailOn, type FindingLevel, LEVELS } from "../../model/clause.js";
import type { Finding, Location } from "../../model/finding.js";
import type { ClauseResult, Report } from "../../model/report.js";
import type { ShownReport } from "../../model/shown.js";
import { FAILING } from "../../model/verdict.js";
import { cautionsOn, hasNoGap } from "./cautions.js";
import {
  CHANGES,
  type Change,
  type ClauseChange,
  type Comparison,
  type FindingChange,
} from "./comparison.js";

/**
 * Compares two reports. A finding is known again by its fingerprint; at another level it is another finding, so a
 * change of level shows as one that is gone and one that is new.
 */
export function compareReports(before: ShownReport, after: ShownReport): Comparison {
  return {
    verdict: { before: before.verdict, after: after.verdict },
    findings: changedFindings(before, after),
    clauses: changedClauses(before, after),
    isWhole: { before: hasNoGap(before), after: hasNoGap(after) },
    cautions: cautionsOn(before, after),
  };
}

/** The findings at or above a level that are new or more: any of them makes `mplp-check diff` end with 1. */
export function worsened({ findings }: Comparison, failOn: FailOn = "must"): readonly FindingChange[] {
  return findings.filter(
    ({ change, level }) => (change === "new" || change === "more") && FAILING[failOn].includes(level),
  );
}

/** True if the later run left open or unread what the earlier one had not: then it shows no progress. */
export function isUndecidedNow({ verdict, isWhole }: Comparison): boolean {
  if (isWhole.before && !isWhole.after) return true;
  return verdict.after === "inconclusive" && verdict.before !== "inconclusive";
}

/** All that a report says of one finding. */
interface Known {
  readonly finding: Finding;
  readonly counting: number;
  readonly waived: number;
  readonly place?: Location;
}

function changedFindings(before: Report, after: Report): readonly FindingChange[] {
  const [earlier, later] = [knownIn(before), knownIn(after)];
  return [...new Set([...earlier.keys(), ...later.keys()])]
    .flatMap((key) => changeOf(earlier.get(key), later.get(key)))
    .sort(inOrder);
}

/** A project may waive some places of a finding and count the others: these are two entries of a report. */
function knownIn({ findings }: Report): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const { counting = 0, waived = 0, place } = known.get(key) ?? {};
    const isWaived = finding.waiver !== undefined;
    const first = isWaived ? place : firstOf(place, finding.locations[0]);
    known.set(key, {
      finding,
      counting: counting + (isWaived ? 0 : finding.count),
      waived: waived + (isWaived ? finding.count : 0),
      ...(first && { place: first }),
    });
  }
  return known;
}

/** The fingerprint says it all in a true report; one that was edited may repeat it with other words. */
function keyOf({ fingerprint, rule, clauses, level, message }: Finding): string {
  return JSON.stringify([fingerprint, rule, clauses, level, message]);
}

function changeOf(earlier: Known | undefined, later: Known | undefined): readonly FindingChange[] {
  const [before, after] = [earlier?.counting ?? 0, later?.counting ?? 0];
  const known = later ?? earlier;
  const place = later?.place ?? earlier?.place;
  if (before === after || known === undefined || place === undefined) return [];
  const { rule, clauses, level, message, fingerprint } = known.finding;
  const waived = { before: earlier?.waived ?? 0, after: later?.waived ?? 0 };
  return [
    {
      change: kindOf(before, after),
      level,
      rule,
      clauses,
      message,
      fingerprint,
      before,
      after,
      ...(waived.before + waived.after > 0 && { waived }),
      place: placeOf(place),
    },
  ];
}

function kindOf(before: number, after: number): Change {
  if (before === 0) return "new";
  if (after === 0) return "gone";
  return before < after ? "more" : "fewer";
}

function placeOf({ path, line, record, column, pointer, absent }: Location): FindingChange["place"] {
  return {
    path,
    line,
    ...(record !== undefined && { record }),
    ...(column !== undefined && { column }),
    ...(pointer !== undefined && { pointer }),
    ...(absent !== undefined && { absent }),
  };
}

/** The earlier one of two places by path, line and column, in whatever order they come. */
function firstOf(one: Location | undefined, other: Location | undefined): Location | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const keys = ({ path, line, record = 0, column = 0, pointer = "" }: Location) => [
    path,
    line,
    record,
    column,
    pointer,
  ];
  return compared(keys(one), keys(other)) <= 0 ? one : other;
}

function inOrder(one: FindingChange, other: FindingChange): number {
  const keys = ({ change, level, rule, clauses, message, fingerprint }: FindingChange) => [
    CHANGES.indexOf(change),
    rankOf(level),
    rule,
    clauses.join(),
    message,
    fingerprint,
  ];
  return compared(keys(one), keys(other));
}

function rankOf(level: FindingLevel): number {
  return LEVELS.indexOf(level);
}

/** Compares lists value by value: numbers as numbers, texts by their code units. */
function compared(one: readonly (string | number)[], other: readonly (string | number)[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  if (at === -1) return 0;
  return (one[at] ?? "") < (other[at] ?? "") ? -1 : 1;
}

function changedClauses(before: Report, after: Report): readonly ClauseChange[] {
  const [earlier, later] = [clausesById(before), clausesById(after)];
  const clauses = new Map([...later, ...[...earlier].filter(([id]) => !later.has(id))]);
  return [...clauses.values()]
    .map(({ id, title, level }) => ({
      id,
      title,
      level,
      before: earlier.get(id)?.status,
      after: later.get(id)?.status,
    }))
    .filter((clause) => clause.before !== clause.after);
}

function clausesById({ clauses }: Report): ReadonlyMap<string, ClauseResult> {
  return new Map(clauses.map((clause) => [clause.id, clause]));
}
