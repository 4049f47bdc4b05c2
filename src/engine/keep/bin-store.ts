import type { Observation, Position } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import { startOfBin } from "../../model/time-bins.js";
import { comparePositions } from "../ledger.js";
import type { Batch } from "./batch.js";
import { BinCounts } from "./bin-counts.js";
import type { Entry, ObservationStore } from "./store.js";

/** What a bin takes in V8 without its counts, and with each. */
const BIN_BYTES = 120;
const COUNT_BYTES = 8;

/**
 * Counts observations by key and bin of time, in a limited number of bins. An observation is two numbers: how many
 * events it stands for, and the exponent of the bin that begins at its instant.
 */
export class BinStore implements ObservationStore {
  readonly #keys: readonly string[];
  readonly #counts: BinCounts;
  readonly #firsts = new Map<number, Position>();

  /** @param keys all that there can be */
  constructor(keys: readonly string[]) {
    this.#keys = keys;
    this.#counts = new BinCounts(keys.length);
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  get size(): number {
    return this.#firsts.size;
  }

  get bytes(): number {
    return this.#counts.bins.size * (BIN_BYTES + COUNT_BYTES * this.#keys.length);
  }

  get heapBytes(): number {
    return this.bytes;
  }

  take(batch: Batch, input: number, firstLine: number): void {
    if (!("bins" in batch)) throw new TypeError("this store keeps bins");
    this.#counts.addAll(batch);
    for (const [key, line] of batch.lines.entries())
      if (line >= 0 && !this.#firsts.has(key)) this.#firsts.set(key, { input, line: firstLine + line });
  }

  *groups(_atLeast: number, read?: Read): Generator<Entry> {
    const { bins, undated } = this.#counts;
    const entries = bins.entries();
    const firsts = [...this.#firsts].sort(([, a], [, b]) => comparePositions(a, b));
    for (const [key, at] of firsts) {
      const observed = (count = 0, bin?: number): Observation<unknown>[] => {
        if (count === 0) return [];
        const kept = [count, bins.exponent];
        const value = read === undefined ? kept : read(kept, undefined);
        return [{ value, at, ...(bin !== undefined && { instant: startOfBin(bin, bins.exponent) }) }];
      };
      const dated = entries.flatMap(([bin, counts]) => observed(counts[key], bin));
      const observations = [...observed(undated[key]), ...dated];
      yield { number: key, key: this.#keys[key] ?? "", observations };
    }
  }
}
