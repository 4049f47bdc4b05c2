import { LEVELS } from "../../model/clause.js";
import type { Finding, Location } from "../../model/finding.js";
import { fingerprintOf } from "../../model/fingerprint.js";
import { comparePositions, type FindingGroup, type Ledger, type RawLocation } from "../ledger.js";
import type { ReportParts } from "./report-parts.js";

/**
 * Sorts findings that count before waived ones; then by level, by catalogue order of their first clause, by place, and
 * by values that do not depend on which thread found them first.
 */
export function findingsOf(ledger: Ledger, parts: ReportParts): Finding[] {
  const { clauses } = parts;
  const order = new Map(clauses.map((clause, index) => [clause.id, index]));
  const rules = new Map(parts.rules.map(({ id }, index) => [id, index]));
  const rank = (group: FindingGroup): number =>
    (group.waiver === undefined ? 0 : LEVELS.length * clauses.length) +
    LEVELS.indexOf(group.level) * clauses.length +
    (order.get(group.clauses[0] ?? "") ?? 0);
  const compare = (a: FindingGroup, b: FindingGroup): number =>
    rank(a) - rank(b) ||
    comparePlaces(a.locations[0] ?? NOWHERE, b.locations[0] ?? NOWHERE) ||
    (rules.get(a.rule) ?? 0) - (rules.get(b.rule) ?? 0) ||
    (a.locations[0]?.turn ?? 0) - (b.locations[0]?.turn ?? 0);
  return [...ledger.groups.values()].sort(compare).map((group) => ({
    rule: group.rule,
    clauses: group.clauses,
    level: group.level,
    message: group.message,
    ...(group.hint !== undefined && { hint: group.hint }),
    fingerprint: fingerprintOf(group),
    ...(group.waiver !== undefined && { waiver: group.waiver }),
    ...(group.ownLevel !== undefined && { ownLevel: group.ownLevel }),
    count: group.count,
    locations: group.locations.map((location) => locationOf(location, parts)),
    related: group.related.flat().map((location) => locationOf(location, parts)),
  }));
}

const NOWHERE: RawLocation = { at: { input: 0, line: 0 } };

/**
 * Compares records first, then the columns known at the first reading. Columns that a second reading found are
 * ignored: some inputs cannot be read twice, and the order must be the same for all.
 */
function comparePlaces(a: RawLocation, b: RawLocation): number {
  const [columnA, columnB] = [firstColumnOf(a), firstColumnOf(b)];
  const byRecord = comparePositions(a.at, b.at) || (columnA ?? 0) - (columnB ?? 0);
  if (byRecord !== 0 || columnA !== undefined || columnB !== undefined) return byRecord;
  const [pointerA = "", pointerB = ""] = [a.pointer, b.pointer];
  return pointerA < pointerB ? -1 : Number(pointerA > pointerB);
}

function firstColumnOf({ column, isLate }: RawLocation): number | undefined {
  return isLate === true ? undefined : column;
}

function locationOf(
  { at, excerpt, isLate: _isLate, turn: _turn, differsFrom, ...rest }: RawLocation,
  { whereIs }: ReportParts,
): Location {
  return {
    ...whereIs(at),
    ...rest,
    ...(differsFrom !== undefined && rest.column === undefined && { differsFrom: whereIs(differsFrom) }),
    ...(excerpt !== undefined && {
      excerpt: { ...excerpt, line: whereIs({ ...at, line: excerpt.line }).line },
    }),
  };
}
