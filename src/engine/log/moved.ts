import type { Position } from "../../model/rule.js";
import { emptyLedger, type Ledger, type RawLocation } from "../ledger.js";

/** A block's ledger with its lines counted from the start of the log. */
export function moved(ledger: Ledger, place: (line: number) => Position): Ledger {
  const result = emptyLedger();
  for (const [clause, { witness, ...tally }] of ledger.tallies) {
    result.tallies.set(clause, witness === undefined ? tally : { ...tally, witness: place(witness.line) });
  }
  for (const [key, group] of ledger.groups) {
    const locations = group.locations.map((location) => movedLocation(location, place));
    result.groups.set(key, { ...group, locations });
  }
  return result;
}

function movedLocation(location: RawLocation, place: (line: number) => Position): RawLocation {
  const at = place(location.at.line);
  const { excerpt } = location;
  if (excerpt === undefined) return { ...location, at };
  return { ...location, at, excerpt: { ...excerpt, line: place(excerpt.line).line } };
}
