import type { Instant } from "./observation.js";

/** The finest bins take 1/1024 of a second: an agent may do all its work within a few milliseconds. */
export const FINEST = -10;
/** One bin of this exponent holds all times from the year 0 to 9999. */
export const COARSEST = 40;

const PER_SECOND = 2 ** -FINEST;
const MOST_DOUBLINGS = COARSEST - FINEST;

/** The number of the finest bin that an instant is in, counted from 1970. A leap second is the end of the second before it. */
export function finestBin({ seconds, fraction }: Instant): number {
  return seconds * PER_SECOND + Math.min(Math.floor(fraction * PER_SECOND), PER_SECOND - 1);
}

/** The instant at which a bin begins. */
export function startOfBin(bin: number, exponent: number): Instant {
  const fine = bin * 2 ** (exponent - FINEST);
  const seconds = Math.floor(fine / PER_SECOND);
  return { seconds, fraction: (fine - seconds * PER_SECOND) / PER_SECOND };
}

/** The exponent of the shortest bins of which no more than `most` hold some finest bins, which are in order. */
function leastExponent(fines: Float64Array, most: number): number {
  /** How many neighbours come together in one bin when bins become so long. */
  const joined = new Uint32Array(MOST_DOUBLINGS + 1);
  for (let index = 1; index < fines.length; index++) {
    const needed = doublings(fines[index - 1] ?? 0, fines[index] ?? 0);
    joined[needed] = (joined[needed] ?? 0) + 1;
  }
  let [doubled, left] = [0, fines.length - (joined[0] ?? 0)];
  while (left > most) left -= joined[++doubled] ?? 0;
  return FINEST + doubled;
}

/** How often bins have to double until one holds both of two finest bins. */
function doublings(a: number, b: number): number {
  let count = 0;
  // No bin holds times before 1970 and after.
  for (
    let length = 1;
    count < MOST_DOUBLINGS && Math.floor(a / length) !== Math.floor(b / length);
    length *= 2
  )
    count++;
  return count;
}

/**
 * Values by time. A bin takes 2 ** exponent seconds and begins at a multiple of that since 1970. Only bins that hold
 * something are kept. Where they become too many, the exponent grows: so it does not depend on the order in which
 * instants come, or on how they are cut into parts.
 */
export class TimeBins<Value> {
  exponent = FINEST;
  /** Of a bin, in finest bins. */
  #length = 1;
  readonly #most: number;
  readonly #fresh: () => Value;
  readonly #merge: (into: Value, later: Value) => void;
  #bins = new Map<number, Value>();
  /** The bin that was asked for last: most instants are near the one before. */
  #last: readonly [bin: number, value: Value] | undefined;

  /**
   * @param most how many bins there may be
   * @param fresh makes the value of a new bin
   * @param merge adds the value of a bin to that of the one before it
   */
  constructor(most: number, fresh: () => Value, merge: (into: Value, later: Value) => void) {
    this.#most = most;
    this.#fresh = fresh;
    this.#merge = merge;
  }

  get size(): number {
    return this.#bins.size;
  }

  /** @param fine a finest bin; gives the value of the bin that holds it */
  at(fine: number): Value {
    const bin = Math.floor(fine / this.#length);
    if (this.#last?.[0] === bin) return this.#last[1];
    const value = this.#bins.get(bin) ?? this.#fresh();
    this.#bins.set(bin, value);
    this.#last = [bin, value];
    if (this.#bins.size <= this.#most) return value;
    this.coarsen(this.exponent + 1);
    return this.at(fine);
  }

  /** Makes bins at least this long, and longer if there would be too many. */
  coarsen(exponent: number): void {
    while (this.exponent < exponent || this.#bins.size > this.#most) this.#double();
  }

  /**
   * Makes bins at once as long as some instants will take. Adding them one by one would double the bins again and again.
   *
   * @param fines finest bins, which are sorted here
   */
  foresee(fines: Float64Array): void {
    if (fines.length > this.#most) this.coarsen(leastExponent(fines.sort(), this.#most));
  }

  /** In the order of time. */
  entries(): (readonly [bin: number, value: Value])[] {
    return [...this.#bins].sort(([a], [b]) => a - b);
  }

  #double(): void {
    const bins = new Map<number, Value>();
    for (const [bin, value] of this.entries()) {
      const half = Math.floor(bin / 2);
      const known = bins.get(half);
      if (known === undefined) bins.set(half, value);
      else this.#merge(known, value);
    }
    this.#bins = bins;
    this.#last = undefined;
    this.exponent++;
    this.#length *= 2;
  }
}
