import type { LogRecord } from "../model/subject.js";
import type { Reading } from "./check-block.js";
import type { Ledger, RawLocation } from "./ledger.js";

function isWanting(location: RawLocation): boolean {
  return location.column === undefined && location.absent === undefined && location.pointer !== undefined;
}

/** The lines, by input, of listed locations whose text has gone by: those that only the whole log could name. */
export function evidenceWanted(ledger: Ledger): ReadonlyMap<number, ReadonlySet<number>> {
  const wanted = new Map<number, Set<number>>();
  for (const { locations, related } of ledger.groups.values()) {
    for (const location of [...locations, ...related.flat()]) {
      if (!isWanting(location)) continue;
      const { input, line } = location.at;
      const lines = wanted.get(input) ?? new Set();
      wanted.set(input, lines.add(line));
    }
  }
  return wanted;
}

/** Gives those locations of one input their column and excerpt, where their record was found again. */
export function fillEvidence(
  ledger: Ledger,
  input: number,
  records: ReadonlyMap<number, LogRecord>,
  placeOf: Reading<never>["placeOf"],
): void {
  const filled = (location: RawLocation): RawLocation => {
    const { at, pointer } = location;
    if (at.input !== input || !isWanting(location) || pointer === undefined) return location;
    const record = records.get(at.line);
    if (record === undefined) return location;
    const { line, column, excerpt } = placeOf(record, pointer);
    return { ...location, at: { ...at, line }, column, excerpt, isLate: true };
  };
  for (const group of ledger.groups.values()) {
    group.locations = group.locations.map(filled);
    group.related = group.related.map((locations) => locations.map(filled));
  }
}
