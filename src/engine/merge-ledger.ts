import { mergedDigests, type ValueDigests } from "../model/value-digests.js";
import { clauseTallyOf, comparePositions, type FindingGroup, groupFor, type Ledger, note } from "./ledger.js";

/** Adds the tallies of another part of the log. */
export function mergeTallies(into: Ledger, part: Ledger): void {
  for (const [clause, tally] of part.tallies) {
    const own = clauseTallyOf(into, clause);
    own.checked += tally.checked;
    own.violations += tally.violations;
    own.waived += tally.waived;
    for (const what of ["open", "unshown", "limits"] as const) {
      const words = tally[what];
      if (words !== undefined) note(own, what, words);
    }
    if (tally.isMet === true) own.isMet = true;
    if (tally.attestation !== undefined) own.attestation ??= tally.attestation;
    if (tally.unattested !== undefined) own.unattested ??= tally.unattested;
    if (tally.witness === undefined) continue;
    if (own.witness === undefined || comparePositions(tally.witness, own.witness) < 0)
      own.witness = tally.witness;
  }
}

/** Adds the ledger of another part of the log. Each group keeps only its first `cap` locations. */
export function mergeLedger(into: Ledger, part: Ledger, cap: number): void {
  mergeTallies(into, part);
  for (const group of part.groups.values()) {
    const own = groupFor(into, group);
    own.count += group.count;
    mergeValues(own, group.values);
    mergeLocations(own, group, cap);
  }
}

/** Adds the value digests of another group of the same kind. */
export function mergeValues(own: FindingGroup, values: ValueDigests | undefined): void {
  if (values !== undefined) own.values = mergedDigests(own.values ?? [], values);
}

/** Adds the locations of another part's group. Only the first `cap` are kept. */
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
