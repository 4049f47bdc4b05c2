import { firstDifference } from "../../model/first-difference.js";
import type { Position } from "../../model/rule.js";
import type { LogRecord } from "../../model/subject.js";
import type { Ledger, RawLocation } from "../ledger.js";
import type { Reading } from "../passage.js";
import { type PlaceSet, placesIn } from "./place-set.js";

type PlaceOf = Reading<never>["placeOf"];

function isWanting(location: RawLocation): boolean {
  return location.column === undefined && location.absent === undefined && location.pointer !== undefined;
}

/** The lines, by input, of listed locations that only the whole log could name. Their text must be read again. */
export function evidenceWanted(ledger: Ledger): ReadonlyMap<number, PlaceSet> {
  const wanted = new Map<number, Set<number>>();
  for (const { locations, related } of ledger.groups.values()) {
    for (const location of [...locations, ...related.flat()]) {
      if (!isWanting(location)) continue;
      const { input, line } = location.at;
      const lines = wanted.get(input) ?? new Set();
      wanted.set(input, lines.add(line));
    }
  }
  return new Map([...wanted].map(([input, lines]) => [input, placesIn(lines)]));
}

/** A longer record is not compared with others: 64 Ki characters. Up to 20 of each finding are held. */
export const COMPARED = 1 << 16;

/**
 * Finds column and excerpt of locations that only the whole log shows. It handles one input after another, since the
 * records of all inputs may not fit into memory.
 */
export class LateEvidence {
  readonly #ledger: Ledger;
  readonly #placeOf: PlaceOf;
  /** Records to compare with others, which may be in other inputs. */
  readonly #compared = new Map<string, LogRecord>();

  constructor(ledger: Ledger, placeOf: PlaceOf) {
    this.#ledger = ledger;
    this.#placeOf = placeOf;
  }

  /** Completes the locations in one input whose record was found again. */
  fill(input: number, records: ReadonlyMap<number, LogRecord>): void {
    this.#keepCompared(input, records);
    this.#replace((location) => {
      const { at, pointer } = location;
      const record = at.input === input && isWanting(location) ? records.get(at.line) : undefined;
      return record === undefined || pointer === undefined
        ? location
        : this.#placed(location, record, pointer);
    });
  }

  /** Points at the first member that differs between two records. Call it after the last input. */
  fillDifferences(): void {
    this.#replace((location) => {
      const { at, differsFrom } = location;
      const record = this.#compared.get(nameOf(at));
      const other = differsFrom && this.#compared.get(nameOf(differsFrom));
      if (record === undefined || other === undefined) return location;
      const pointer = firstDifference(jsonOf(record), jsonOf(other));
      return pointer === undefined ? location : { ...this.#placed(location, record, pointer), pointer };
    });
  }

  #keepCompared(input: number, records: ReadonlyMap<number, LogRecord>): void {
    for (const { related } of this.#ledger.groups.values())
      for (const { at, differsFrom } of related.flat()) {
        if (differsFrom === undefined) continue;
        for (const position of [at, differsFrom]) {
          const record = position.input === input ? records.get(position.line) : undefined;
          if (record !== undefined && record.text.length <= COMPARED)
            this.#compared.set(nameOf(position), record);
        }
      }
  }

  #placed(location: RawLocation, record: LogRecord, pointer: string): RawLocation {
    const { line, ...found } = this.#placeOf(record, pointer);
    return { ...location, at: { ...location.at, line }, ...found, isLate: true };
  }

  #replace(filled: (location: RawLocation) => RawLocation): void {
    for (const group of this.#ledger.groups.values()) {
      group.locations = group.locations.map(filled);
      group.related = group.related.map((locations) => locations.map(filled));
    }
  }
}

function jsonOf(record: LogRecord): unknown {
  return "value" in record ? record.value : undefined;
}

function nameOf({ input, line }: Position): string {
  return `${input}:${line}`;
}
