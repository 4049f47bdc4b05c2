import { wordAt } from "./number-at.js";

/** Rows of which some may be alike. */
export interface Rows {
  readonly size: number;
  /** Equal for rows that are alike; with a key that nobody knows. */
  hash(row: number): number;
  areAlike(a: number, b: number): boolean;
}

/** Which rows repeat an earlier one. */
export interface Repeats {
  /** Number of rows that repeat an earlier one. */
  readonly count: number;
  isRepeat(row: number): boolean;
  /** The next row that is like this one; undefined if there is none. */
  next(row: number): number | undefined;
}

/** What finding repeats takes for each row: a hash or the next row, a place in a part, and a bit. */
export const REPEATS_BYTES = 8.125;

/** Rows of a part, on average: a processor's nearest cache holds what a part needs. */
const PART_ROWS = 2048;
const HASH_BITS = 32;
/** So many rows are hashed in less than a millisecond. */
const YIELD_EVERY = 1 << 13;
/** A part's table grows when more of its slots are taken. */
const FULL = 0.75;

/**
 * Finds rows that are alike. It deals the rows into parts by their hashes and compares within each part, because a table of
 * millions of rows would be read from memory at random. Yields every millisecond or so.
 */
export function* repeatsAmong(rows: Rows): Generator<undefined, Repeats> {
  const { size } = rows;
  const links = new Uint32Array(size);
  for (let row = 0; row < size; row++) {
    links[row] = rows.hash(row);
    if (row % YIELD_EVERY === 0) yield;
  }
  const { dealt, ends } = yield* dealtByHash(links);
  const part = new Part(rows, links);
  for (let index = 0, start = 0; index < ends.length; start = wordAt(ends, index++))
    yield* part.link(dealt.subarray(start, wordAt(ends, index)));
  return part.found;
}

/** Rows by the upper bits of their hashes: those of a part stand together, in their order, up to its end. */
function* dealtByHash(hashes: Uint32Array) {
  const bits = Math.max(1, Math.ceil(Math.log2(hashes.length / PART_ROWS)));
  const shift = HASH_BITS - bits;
  const ends = new Uint32Array(1 << bits);
  for (let row = 0; row < hashes.length; row++) {
    const index = wordAt(hashes, row) >>> shift;
    ends[index] = wordAt(ends, index) + 1;
    if (row % YIELD_EVERY === 0) yield;
  }
  let start = 0;
  for (const [index, count] of ends.entries()) {
    ends[index] = start;
    start += count;
  }
  const dealt = new Uint32Array(hashes.length);
  for (let row = 0; row < hashes.length; row++) {
    const index = wordAt(hashes, row) >>> shift;
    const place = wordAt(ends, index);
    dealt[place] = row;
    ends[index] = place + 1;
    if (row % YIELD_EVERY === 0) yield;
  }
  return { dealt, ends };
}

/** Finds repeats in one part after another. */
class Part {
  readonly #rows: Rows;
  /** The hash of a row; once its part is done, the next row like it, plus 1. */
  readonly #links: Uint32Array;
  readonly #isRepeat: Uint32Array;
  /** The hashes of rows that are to be put. */
  readonly #own: Uint32Array;
  /**
   * The last one of rows that are alike, plus 1; 0 is an empty slot. Millions of alike rows may be in one part: its table
   * grows only with those that are not.
   */
  #slots: Uint32Array;
  /** The hash of the rows of each slot. */
  #hashes: Uint32Array;
  #taken = 0;
  #count = 0;

  constructor(rows: Rows, hashes: Uint32Array) {
    this.#rows = rows;
    this.#links = hashes;
    this.#isRepeat = new Uint32Array((hashes.length >>> 5) + 1);
    this.#own = new Uint32Array(Math.min(hashes.length, YIELD_EVERY));
    const slots = 2 ** Math.ceil(Math.log2(2 * Math.max(1, Math.min(hashes.length, PART_ROWS))));
    this.#slots = new Uint32Array(slots);
    this.#hashes = new Uint32Array(slots);
  }

  /** @param part the numbers of its rows, in their order */
  *link(part: Uint32Array): Generator<undefined> {
    this.#slots.fill(0);
    this.#taken = 0;
    for (let from = 0; from < part.length; from += YIELD_EVERY) {
      this.#putAll(part.subarray(from, from + YIELD_EVERY));
      yield;
    }
  }

  #putAll(rows: Uint32Array): void {
    for (let place = 0; place < rows.length; place++) {
      const row = wordAt(rows, place);
      this.#own[place] = wordAt(this.#links, row);
      this.#links[row] = 0;
    }
    for (let place = 0; place < rows.length; place++)
      this.#put(wordAt(rows, place), wordAt(this.#own, place));
  }

  /** Puts a row into the slot of the row that it repeats, or into an empty one. */
  #put(row: number, hash: number): void {
    const [slots, hashes] = [this.#slots, this.#hashes];
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let last = wordAt(slots, slot); last !== 0; last = wordAt(slots, slot)) {
      if (hashes[slot] === hash && this.#rows.areAlike(last - 1, row)) {
        this.#links[last - 1] = row + 1;
        this.#isRepeat[row >>> 5] = wordAt(this.#isRepeat, row >>> 5) | (1 << (row & 31));
        this.#count++;
        slots[slot] = row + 1;
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = row + 1;
    hashes[slot] = hash;
    if (++this.#taken > FULL * slots.length) this.#grow();
  }

  #grow(): void {
    const [slots, hashes] = [this.#slots, this.#hashes];
    this.#slots = new Uint32Array(2 * slots.length);
    this.#hashes = new Uint32Array(2 * slots.length);
    const mask = this.#slots.length - 1;
    for (let old = 0; old < slots.length; old++) {
      if (slots[old] === 0) continue;
      let slot = wordAt(hashes, old) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = wordAt(slots, old);
      this.#hashes[slot] = wordAt(hashes, old);
    }
  }

  get found(): Repeats {
    const [links, isRepeat, count] = [this.#links, this.#isRepeat, this.#count];
    if (count === 0) return NO_REPEATS;
    return {
      count,
      isRepeat: (row) => ((wordAt(isRepeat, row >>> 5) >>> (row & 31)) & 1) === 1,
      next: (row) => {
        const link = wordAt(links, row);
        return link === 0 ? undefined : link - 1;
      },
    };
  }
}

const NO_REPEATS: Repeats = { count: 0, isRepeat: () => false, next: () => undefined };
