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
/** A part's table has so many slots for a row, at least. */
const SPARE = 2;

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
  const { dealt, ends, longest } = dealtByHash(links);
  yield;
  const part = new Part(rows, links, longest);
  for (let index = 0, start = 0; index < ends.length; start = wordAt(ends, index++)) {
    part.link(dealt.subarray(start, wordAt(ends, index)));
    yield;
  }
  return part.found;
}

/** Rows by the upper bits of their hashes: those of a part stand together, in their order, up to its end. */
function dealtByHash(hashes: Uint32Array) {
  const bits = Math.max(1, Math.ceil(Math.log2(hashes.length / PART_ROWS)));
  const shift = HASH_BITS - bits;
  const ends = new Uint32Array(1 << bits);
  let longest = 0;
  for (const hash of hashes) {
    const count = wordAt(ends, hash >>> shift) + 1;
    ends[hash >>> shift] = count;
    if (count > longest) longest = count;
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
  }
  return { dealt, ends, longest };
}

/** Finds repeats in one part after another. */
class Part {
  readonly #rows: Rows;
  /** The hash of a row; once its part is done, the next row like it, plus 1. */
  readonly #links: Uint32Array;
  readonly #isRepeat: Uint32Array;
  /** Places in the part, plus 1; 0 is an empty slot. */
  readonly #slots: Uint32Array;
  readonly #hashes: Uint32Array;
  readonly #nexts: Uint32Array;
  #count = 0;

  /** @param longest how many rows a part has at most */
  constructor(rows: Rows, hashes: Uint32Array, longest: number) {
    this.#rows = rows;
    this.#links = hashes;
    this.#isRepeat = new Uint32Array((hashes.length >>> 5) + 1);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(SPARE * Math.max(1, longest))));
    this.#hashes = new Uint32Array(longest);
    this.#nexts = new Uint32Array(longest);
  }

  /** @param part the numbers of its rows, in their order */
  link(part: Uint32Array): void {
    const { length } = part;
    for (let place = 0; place < length; place++) this.#hashes[place] = this.#links[part[place] ?? 0] ?? 0;
    this.#slots.fill(0);
    this.#nexts.fill(0, 0, length);
    for (let place = 0; place < length; place++) this.#put(part, place);
    for (let place = 0; place < length; place++) this.#links[part[place] ?? 0] = this.#nexts[place] ?? 0;
  }

  /** Puts a row into the slot of the row that it repeats, or into an empty one. */
  #put(part: Uint32Array, place: number): void {
    const [slots, hashes] = [this.#slots, this.#hashes];
    const mask = slots.length - 1;
    const hash = wordAt(hashes, place);
    const row = wordAt(part, place);
    let slot = hash & mask;
    for (let taken = wordAt(slots, slot); taken !== 0; taken = wordAt(slots, slot)) {
      if (hashes[taken - 1] === hash && this.#rows.areAlike(wordAt(part, taken - 1), row)) {
        this.#nexts[taken - 1] = row + 1;
        this.#isRepeat[row >>> 5] = wordAt(this.#isRepeat, row >>> 5) | (1 << (row & 31));
        this.#count++;
        break;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = place + 1;
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
