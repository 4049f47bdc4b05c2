import type { Instant, Observation, Position } from "../model/rule.js";
import { numberColumn, wordColumn } from "./columns.js";
import { KeyTable } from "./key-table.js";

const NONE = Number.NaN;

/**
 * Observations of whole numbers, grouped by key: 36 bytes each in columns, chained by key in
 * the order in which they came. A key takes 8 bytes besides those of the table of keys.
 */
export class ColumnStore {
  readonly #keys = new KeyTable();
  readonly #first = wordColumn();
  readonly #last = wordColumn();
  readonly #next = wordColumn();
  readonly #value = numberColumn();
  readonly #line = wordColumn();
  readonly #input = wordColumn();
  readonly #seconds = numberColumn();
  readonly #fraction = numberColumn();
  /** Row 0 stands for "no further row". */
  #rows = 1;

  get size(): number {
    return this.#keys.size;
  }

  add(key: string, value: number, at: Position, instant?: Instant): void {
    const row = this.#rows++;
    this.#value.set(row, value);
    this.#line.set(row, at.line);
    this.#input.set(row, at.input);
    this.#seconds.set(row, instant?.seconds ?? NONE);
    this.#fraction.set(row, instant?.fraction ?? 0);
    const before = this.#keys.size;
    const number = this.#keys.number(key);
    if (number === before) this.#first.set(number, row);
    else this.#next.set(this.#last.get(number), row);
    this.#last.set(number, row);
  }

  *groups(atLeast: number): Generator<readonly [key: string, observations: Observation<number>[]]> {
    for (let number = 0; number < this.#keys.size; number++) {
      const observations: Observation<number>[] = [];
      for (let row = this.#first.get(number); row !== 0; row = this.#next.get(row))
        observations.push(this.#at(row));
      if (observations.length >= atLeast) yield [this.#keys.key(number), observations];
    }
  }

  #at(row: number): Observation<number> {
    const at = { input: this.#input.get(row), line: this.#line.get(row) };
    const seconds = this.#seconds.get(row);
    const value = this.#value.get(row);
    return Number.isNaN(seconds)
      ? { value, at }
      : { value, at, instant: { seconds, fraction: this.#fraction.get(row) } };
  }
}
