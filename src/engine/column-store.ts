import type { Instant, Observation, Position } from "../model/rule.js";
import { numberColumn, wordColumn } from "./columns.js";

const NONE = Number.NaN;

/**
 * Observations of small whole numbers, grouped by key: 32 bytes each in columns, chained by key in
 * the order in which they came. A key takes its own length and about 60 bytes besides.
 */
export class ColumnStore {
  readonly #keys = new Map<string, number>();
  readonly #first = wordColumn();
  readonly #last = wordColumn();
  readonly #next = wordColumn();
  readonly #value = wordColumn();
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
    const known = this.#keys.get(key);
    const number = known ?? this.#keys.size;
    if (known === undefined) {
      this.#keys.set(key, number);
      this.#first.set(number, row);
    } else {
      this.#next.set(this.#last.get(number), row);
    }
    this.#last.set(number, row);
  }

  *groups(atLeast: number): Generator<readonly [key: string, observations: Observation<number>[]]> {
    for (const [key, number] of this.#keys) {
      const observations: Observation<number>[] = [];
      for (let row = this.#first.get(number); row !== 0; row = this.#next.get(row))
        observations.push(this.#at(row));
      if (observations.length >= atLeast) yield [key, observations];
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
