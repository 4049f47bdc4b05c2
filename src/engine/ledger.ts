import type { Clause, FindingLevel } from "../model/clause.js";
import type { Excerpt } from "../model/finding.js";
import type { FindingKind } from "../model/policy.js";
import type { PlacedAttestation, Position } from "../model/rule.js";
import type { ValueDigests } from "../model/value-digests.js";
import type { Waiver } from "../model/waiver.js";

/** A place before its path and final line number are known. */
export interface RawLocation {
  readonly at: Position;
  /** The file, if it is not the input of `at`. */
  readonly path?: string;
  readonly column?: number;
  readonly pointer?: string;
  /** The family of the event. */
  readonly family?: string;
  readonly absent?: true;
  readonly excerpt?: Excerpt;
  /** When it happened, as `instantText` has it. */
  readonly time?: string;
  /** The place of another record. The pointer will be that of the first member in which the two records differ. */
  readonly differsFrom?: Position;
  /** Orders findings of one rule at one place: which one of its key it was. Only for findings of the whole log. */
  readonly turn?: number;
  /** Set if column and excerpt were found when the input was read again. */
  readonly isLate?: true;
}

/** A finding that is still being counted. */
export interface FindingGroup extends FindingKind {
  readonly hint?: string;
  /** The waiver that covers it. The finding then waives its clauses instead of violating them. */
  readonly waiver?: Waiver;
  /** The name of the waiver's quota, if it has one. */
  readonly quota?: string;
  /** Its original level, if the project reports it at another. */
  readonly ownLevel?: FindingLevel;
  count: number;
  /** Digests of the values that it is about; only kept if a baseline asks for them. */
  values?: ValueDigests;
  /** The first occurrences in log order; `related[i]` belongs to `locations[i]`. */
  locations: RawLocation[];
  related: (readonly RawLocation[])[];
}

/** How often each clause was tested and violated, and its first witness. */
export interface ClauseTally {
  checked: number;
  violations: number;
  /** Occurrences that would be violations without a waiver. */
  waived: number;
  witness?: Position;
  /** The runtime's authors attest the clause; nothing in the evidence shows it. */
  attestation?: PlacedAttestation;
  /** Set if the clause's condition is known to hold, whatever was tested. */
  isMet?: true;
  /** Why the attestation is ignored. */
  unattested?: string;
  /** Why the log leaves the clause undecided. */
  open?: string;
  /** Why nothing shows the clause. An attestation then does not help either. */
  unshown?: string;
  /** The parts of the clause that were not tested. */
  limits?: string;
}

/** The findings and counts so far: a value that can be merged with that of the log's next part. */
export interface Ledger {
  readonly tallies: Map<string, ClauseTally>;
  readonly groups: Map<string, FindingGroup>;
}

export function emptyLedger(): Ledger {
  return { tallies: new Map(), groups: new Map() };
}

export function clauseTallyOf(ledger: Ledger, clause: string): ClauseTally {
  let tally = ledger.tallies.get(clause);
  if (tally === undefined) {
    tally = { checked: 0, violations: 0, waived: 0 };
    ledger.tallies.set(clause, tally);
  }
  return tally;
}

export type GroupIdentity = Omit<FindingGroup, "count" | "values" | "locations" | "related">;

/** The key of a group in a ledger. */
export function groupKeyOf(identity: GroupIdentity): string {
  const { rule, clauses, level, message, shape, hint, waiver, quota, ownLevel } = identity;
  const decided = waiver === undefined ? (ownLevel ?? "") : JSON.stringify([waiver, quota, ownLevel]);
  return `${rule}\n${level}\n${shape}\n${message}\n${hint ?? ""}\n${decided}\n${clauses.join()}`;
}

/** The group of an occurrence; the first occurrence creates it. */
export function groupFor(
  ledger: Ledger,
  identity: GroupIdentity,
  key: string = groupKeyOf(identity),
): FindingGroup {
  const { rule, clauses, level, message, shape, hint, waiver, quota, ownLevel } = identity;
  let group = ledger.groups.get(key);
  if (group === undefined) {
    group = {
      rule,
      clauses,
      level,
      message,
      shape,
      ...(hint !== undefined && { hint }),
      ...(waiver !== undefined && { waiver }),
      ...(quota !== undefined && { quota }),
      ...(ownLevel !== undefined && { ownLevel }),
      count: 0,
      locations: [],
      related: [],
    };
    ledger.groups.set(key, group);
  }
  return group;
}

/** Adds occurrences to their group and its clauses. A finding violates a clause only at the clause's own level. */
export function countOccurrences(
  ledger: Ledger,
  group: FindingGroup,
  count: number,
  clauses: ReadonlyMap<string, Clause>,
): void {
  group.count += count;
  const { level, ownLevel = level, waiver } = group;
  const isWaived = waiver !== undefined || ownLevel !== level;
  for (const id of group.clauses) {
    if (clauses.get(id)?.level === ownLevel)
      clauseTallyOf(ledger, id)[isWaived ? "waived" : "violations"] += count;
  }
}

/**
 * Lists one occurrence with its related lines, in log order and after those of the same line. If there are more than
 * `cap`, the last one is dropped.
 */
export function listLocation(
  group: FindingGroup,
  location: RawLocation,
  related: readonly RawLocation[],
  cap: number,
): void {
  const { locations } = group;
  let index = locations.length;
  while (index > 0 && comparePositions((locations[index - 1] ?? location).at, location.at) > 0) index--;
  if (index >= cap) return;
  locations.splice(index, 0, location);
  group.related.splice(index, 0, related);
  locations.splice(cap);
  group.related.splice(cap);
}

export function comparePositions(a: Position, b: Position): number {
  return a.input - b.input || a.line - b.line;
}

/** Records why a clause is undecided. Of several reasons it keeps the same one in any order. */
export function leaveOpen(tally: ClauseTally, reason: string): void {
  note(tally, "open", reason);
}

/** Records words about a clause. Of several texts it keeps the same one in any order. */
export function note(tally: ClauseTally, what: "open" | "unshown" | "limits", words: string): void {
  const noted = tally[what];
  if (noted === undefined || words < noted) tally[what] = words;
}

/** The place of something that is in no log. */
export const NOWHERE: Position = { input: 0, line: 0 };
