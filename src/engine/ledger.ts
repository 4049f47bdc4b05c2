import type { Clause, FindingLevel } from "../model/clause.js";
import type { Excerpt } from "../model/finding.js";
import type { FindingKind } from "../model/policy.js";
import type { PlacedAttestation, Position } from "../model/rule.js";
import { mergedDigests, type ValueDigests } from "../model/value-digests.js";
import type { Waiver } from "../model/waiver.js";

/** A place with what is known about it before paths and final line numbers are put in. */
export interface RawLocation {
  readonly at: Position;
  /** The file, where it is not the input of `at`. */
  readonly path?: string;
  readonly column?: number;
  readonly pointer?: string;
  readonly absent?: true;
  readonly excerpt?: Excerpt;
  /** The place of another record: the pointer becomes that of the first member in which the two differ. */
  readonly differsFrom?: Position;
  /** Column and excerpt were found when the input was read again. */
  readonly isLate?: true;
}

/** A finding that is still being counted. */
export interface FindingGroup extends FindingKind {
  readonly hint?: string;
  /** What was decided about it; it then breaks no clause, but waives it. */
  readonly waiver?: Waiver;
  /** Names the quota of the waiver, where it has one. */
  readonly quota?: string;
  /** Its own level, where it is reported at another. */
  readonly ownLevel?: FindingLevel;
  count: number;
  /** What tells the values that it is about from others; only where someone asks for it. */
  values?: ValueDigests;
  /** The first occurrences in log order; `related[i]` belongs to `locations[i]`. */
  locations: RawLocation[];
  related: (readonly RawLocation[])[];
}

/** How often each clause was tested and broken, and where it was first kept. */
export interface ClauseTally {
  checked: number;
  violations: number;
  /** Occurrences that would be violations, had it not been decided otherwise. */
  waived: number;
  witness?: Position;
  /** What the runtime's authors say instead of showing it. */
  attestation?: PlacedAttestation;
  /** Whether the clause's condition is known to be met, whatever was tested. */
  isMet?: true;
  /** Why what they say counts for nothing. */
  unattested?: string;
  /** Why the log leaves the clause undecided. */
  open?: string;
  /** Why nothing shows the clause; an attestation does not do either. Not in a state: it comes with the judging. */
  unshown?: string;
  /** What the clause was not looked at for. Not in a state either. */
  limits?: string;
}

/** What has been found so far: a value that can be merged with that of the log's next part. */
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

/** The group that an occurrence belongs to, made if it is the first. */
export function groupFor(ledger: Ledger, identity: GroupIdentity): FindingGroup {
  const { rule, clauses, level, message, shape, hint, waiver, quota, ownLevel } = identity;
  const decided = waiver === undefined ? (ownLevel ?? "") : JSON.stringify([waiver, quota, ownLevel]);
  const key = `${rule}\n${level}\n${shape}\n${message}\n${hint ?? ""}\n${decided}\n${clauses.join()}`;
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

/** Counts occurrences for their group and its clauses. A finding violates a clause only at the clause's own level. */
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
 * Lists one occurrence with its related lines, in log order and after those of the same line. Of more than
 * `cap` the last falls out.
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

/** Adds the tallies of another part of the log. */
export function mergeTallies(into: Ledger, part: Ledger): void {
  for (const [clause, tally] of part.tallies) {
    const own = clauseTallyOf(into, clause);
    own.checked += tally.checked;
    own.violations += tally.violations;
    own.waived += tally.waived;
    if (tally.open !== undefined) leaveOpen(own, tally.open);
    if (tally.witness === undefined) continue;
    if (own.witness === undefined || comparePositions(tally.witness, own.witness) < 0)
      own.witness = tally.witness;
  }
}

/** Notes why a clause is undecided. Of several reasons one is given, the same whatever order they come in. */
export function leaveOpen(tally: ClauseTally, reason: string): void {
  note(tally, "open", reason);
}

/** Notes words about a clause; of several the same are kept whatever order they come in. */
export function note(tally: ClauseTally, what: "open" | "unshown" | "limits", words: string): void {
  const noted = tally[what];
  if (noted === undefined || words < noted) tally[what] = words;
}

/** Adds the ledger of another part of the log. Only the first `cap` locations of a group are kept. */
export function mergeLedger(into: Ledger, part: Ledger, cap: number): void {
  mergeTallies(into, part);
  for (const group of part.groups.values()) {
    const own = groupFor(into, group);
    own.count += group.count;
    mergeValues(own, group.values);
    mergeLocations(own, group, cap);
  }
}

/** Adds the digests of the values that another group of the same kind is about. */
export function mergeValues(own: FindingGroup, values: ValueDigests | undefined): void {
  if (values !== undefined) own.values = mergedDigests(own.values ?? [], values);
}

/** Adds the locations of a group of another part of the log. Only the first `cap` are kept. */
export function mergeLocations(
  own: FindingGroup,
  other: Pick<FindingGroup, "locations" | "related">,
  cap: number,
): void {
  if (other.locations.length === 0) return;
  const last = own.locations.at(-1);
  const first = other.locations[0];
  if (
    own.locations.length >= cap &&
    last !== undefined &&
    first !== undefined &&
    comparePositions(last.at, first.at) <= 0
  ) {
    return;
  }
  const pairs = [...own.locations.entries(), ...other.locations.entries()].map(
    ([index, location], position) => ({
      location,
      related: (position < own.locations.length ? own.related : other.related)[index] ?? [],
    }),
  );
  // The sort is stable: findings of one line stay in the order in which they were made.
  pairs.sort((a, b) => comparePositions(a.location.at, b.location.at));
  own.locations = pairs.slice(0, cap).map(({ location }) => location);
  own.related = pairs.slice(0, cap).map(({ related }) => related);
}
