import { ROW } from "../../model/kinds.js";
import type { Observed } from "../../model/source.js";
import { FINEST, finestBin } from "../../model/time-bins.js";
import type { Batch } from "./batch.js";
import { BinCounts } from "./bin-counts.js";
import type { Collector, KnownRows } from "./collector.js";
import type { KeyPattern } from "./patterns.js";

/** Counts what one block shows by key and time. */
export class BinCollector implements Collector {
  readonly #rule: string;
  readonly #keys: readonly string[];
  readonly #counts: BinCounts;
  readonly #lines: Float64Array;

  /** @param keys all that there can be */
  constructor(rule: string, keys: readonly string[]) {
    this.#rule = rule;
    this.#keys = keys;
    this.#counts = new BinCounts(keys.length);
    this.#lines = new Float64Array(keys.length).fill(-1);
  }

  /** @throws RangeError if the key does not belong to the source, or the bin is too long */
  add({ key, value, instant }: Observed, line: number): void {
    const number = this.#numberOf(key);
    const [count = 1, exponent = FINEST] = value as readonly number[];
    this.#see(number, line);
    this.#counts.fit(exponent);
    this.#counts.add(number, count, instant);
  }

  addKnown(): void {
    throw new TypeError("times are kept of each record");
  }

  addRows({ size, count, buffer, patterns, placeOf }: KnownRows): void {
    const [words, doubles] = [new Uint32Array(buffer), new Float64Array(buffer)];
    const numbers: number[] = [];
    this.#counts.foresee(finesIn(doubles, count, size / 8));
    for (let row = 0, word = 0, double = 0; row < count; row++, word += size / 4, double += size / 8) {
      const pattern = words[word + ROW.PATTERN_WORD] ?? 0;
      let number = numbers[pattern];
      if (number === undefined) {
        number = this.#numberOf(textOf(patterns.keyPattern(pattern)));
        numbers[pattern] = number;
        this.#see(number, placeOf(words[word + ROW.LINE_WORD] ?? 0));
      }
      const seconds = doubles[double + ROW.SECONDS_DOUBLE] ?? Number.NaN;
      const fraction = doubles[double + ROW.FRACTION_DOUBLE] ?? 0;
      this.#counts.add(number, 1, Number.isNaN(seconds) ? undefined : { seconds, fraction });
    }
  }

  batch(): Batch | undefined {
    if (this.#lines.every((line) => line < 0)) return undefined;
    return { rule: this.#rule, ...this.#counts.counted(), lines: this.#lines };
  }

  #numberOf(key: string): number {
    const number = this.#keys.indexOf(key);
    if (number < 0) throw new RangeError("an observation has a key that is none of the source's");
    return number;
  }

  #see(key: number, line: number): void {
    const first = this.#lines[key] ?? -1;
    if (first < 0 || line < first) this.#lines[key] = line;
  }
}

/** The finest bins of all rows that have an instant. */
function finesIn(doubles: Float64Array, count: number, step: number): Float64Array {
  const fines = new Float64Array(count);
  let dated = 0;
  for (let row = 0, double = 0; row < count; row++, double += step) {
    const seconds = doubles[double + ROW.SECONDS_DOUBLE] ?? Number.NaN;
    if (!Number.isNaN(seconds))
      fines[dated++] = finestBin({ seconds, fraction: doubles[double + ROW.FRACTION_DOUBLE] ?? 0 });
  }
  return fines.subarray(0, dated);
}

function textOf({ rest }: KeyPattern): string {
  return rest.join("");
}
