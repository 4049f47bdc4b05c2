import type { Instant } from "../../model/observation.js";
import { COARSEST, finestBin, startOfBin, TimeBins } from "../../model/time-bins.js";

/** Bins of time that a log has at most, for all keys together. */
const MOST_BINS = 256;

/** By the number of the key. */
type Counts = Float64Array<ArrayBuffer>;

/** What a block, or a state, shows to a store of bins. */
export interface CountedBins {
  /** A bin takes 2 ** exponent seconds. */
  readonly exponent: number;
  readonly bins: Counts;
  /** For each bin, how many observations of each key there are; before all bins, how many have no instant. */
  readonly counts: Counts;
  /** For each key, the line of its first observation; below 0 without one. */
  readonly lines: Float64Array;
}

/** Counts observations of a fixed number of keys by bin of time. */
export class BinCounts {
  readonly undated: Counts;
  readonly bins: TimeBins<Counts>;
  readonly #size: number;

  /** @param size how many keys there are */
  constructor(size: number) {
    this.#size = size;
    this.undated = new Float64Array(size);
    this.bins = new TimeBins<Counts>(MOST_BINS, () => new Float64Array(size), addCounts);
  }

  /** Prepares for many observations. @param fines finest bins of their instants, which are sorted here */
  foresee(fines: Float64Array): void {
    this.bins.foresee(fines);
  }

  add(key: number, count: number, instant: Instant | undefined): void {
    const counts = instant === undefined ? this.undated : this.bins.at(finestBin(instant));
    counts[key] = (counts[key] ?? 0) + count;
  }

  /** Adds what was counted in bins of another length. */
  addAll({ exponent, bins, counts }: Omit<CountedBins, "lines">): void {
    this.fit(exponent);
    addCounts(this.undated, counts.subarray(0, this.#size));
    for (const [index, bin] of bins.entries()) {
      const own = counts.subarray((index + 1) * this.#size, (index + 2) * this.#size);
      addCounts(this.bins.at(finestBin(startOfBin(bin, exponent))), own);
    }
  }

  /** Makes bins at least so long. @throws RangeError if that is longer than all time */
  fit(exponent: number): void {
    if (exponent > COARSEST) throw new RangeError("a bin is longer than all time");
    if (exponent > this.bins.exponent) this.bins.coarsen(exponent);
  }

  counted(): Omit<CountedBins, "lines"> {
    const entries = this.bins.entries();
    const counts = new Float64Array((entries.length + 1) * this.#size);
    counts.set(this.undated);
    for (const [index, [, own]] of entries.entries()) counts.set(own, (index + 1) * this.#size);
    return { exponent: this.bins.exponent, bins: Float64Array.from(entries, ([bin]) => bin), counts };
  }
}

function addCounts(into: Counts, others: Float64Array): void {
  for (let key = 0; key < into.length; key++) into[key] = (into[key] ?? 0) + (others[key] ?? 0);
}
