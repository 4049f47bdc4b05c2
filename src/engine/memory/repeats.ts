import { wordAt } from "./number-at.js";

/** Rows, some of which may be equal. */
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

/** What finding repeats takes for each row: a hash or the next row, a place in a part with half a hash, and a bit. */
export const REPEATS_BYTES = 10.125;

/** Rows of a part, on average: a processor's nearest cache holds what a part needs. */
const PART_ROWS = 2048;
const HASH_BITS = 32;
/** This number of rows is hashed in less than a millisecond. */
const YIELD_EVERY = 1 << 13;
/** A part's table grows when more of its slots are taken. */
const FULL = 0.75;

/**
 * Finds rows that are alike. It deals the rows into parts by their hashes and compares within each part, because a table of
 * millions of rows would be read from memory at random. Yields every millisecond or so.
 */
export function* repeatsAmong(rows: Rows): Generator<undefined, Repeats> {
  const parts = yield* dealtByHash(rows);
  const part = new Part(rows, parts.links);
  for (let index = 0, start = 0; index < parts.ends.length; start = wordAt(parts.ends, index++))
    yield* part.link(parts, start, wordAt(parts.ends, index));
  return part.found;
}

/** Rows by the upper bits of their hashes: those of a part stand together, in their order, up to its end. */
interface Parts {
  readonly ends: Uint32Array;
  readonly dealt: Uint32Array;
  /** The lower half of the hash of each dealt row. */
  readonly marks: Uint16Array;
  /** Zeros, one for each row. */
  readonly links: Uint32Array;
}

function* dealtByHash(rows: Rows): Generator<undefined, Parts> {
  const { size } = rows;
  const bits = Math.max(1, Math.ceil(Math.log2(size / PART_ROWS)));
  const shift = HASH_BITS - bits;
  const ends = new Uint32Array(1 << bits);
  const hashes = new Uint32Array(size);
  for (let row = 0; row < size; row++) {
    const hash = rows.hash(row);
    hashes[row] = hash;
    ends[hash >>> shift] = wordAt(ends, hash >>> shift) + 1;
    if (row % YIELD_EVERY === 0) yield;
  }
  let start = 0;
  for (const [index, count] of ends.entries()) {
    ends[index] = start;
    start += count;
  }
  const [dealt, marks] = [new Uint32Array(size), new Uint16Array(size)];
  for (let row = 0; row < size; row++) {
    const hash = wordAt(hashes, row);
    const place = wordAt(ends, hash >>> shift);
    dealt[place] = row;
    marks[place] = hash;
    ends[hash >>> shift] = place + 1;
    if (row % YIELD_EVERY === 0) yield;
  }
  return { ends, dealt, marks, links: hashes.fill(0) };
}

/** Finds repeats in one part after another. */
class Part {
  readonly #rows: Rows;
  /** The next row that is like a row, plus 1. */
  readonly #links: Uint32Array;
  readonly #isRepeat: Uint32Array;
  /**
   * The last one of rows that are alike, plus 1; 0 is an empty slot. Millions of alike rows may be in one part: its table
   * grows only with those that are not.
   */
  #slots: Uint32Array;
  /** The mark of the rows of each slot. */
  #marks: Uint16Array;
  #taken = 0;
  #count = 0;

  constructor(rows: Rows, links: Uint32Array) {
    this.#rows = rows;
    this.#links = links;
    this.#isRepeat = new Uint32Array((links.length >>> 5) + 1);
    const slots = 2 ** Math.ceil(Math.log2(2 * Math.max(1, Math.min(links.length, PART_ROWS))));
    this.#slots = new Uint32Array(slots);
    this.#marks = new Uint16Array(slots);
  }

  /** Links the rows of a part, which begins and ends there. */
  *link({ dealt, marks }: Parts, start: number, end: number): Generator<undefined> {
    this.#slots.fill(0);
    this.#taken = 0;
    for (let place = start; place < end; place++) {
      this.#put(wordAt(dealt, place), marks[place] ?? 0);
      if (place % YIELD_EVERY === 0) yield;
    }
  }

  /** Puts a row into the slot of the row that it repeats, or into an empty one. */
  #put(row: number, mark: number): void {
    const [slots, marks] = [this.#slots, this.#marks];
    const mask = slots.length - 1;
    let slot = mark & mask;
    for (let last = wordAt(slots, slot); last !== 0; last = wordAt(slots, slot)) {
      if (marks[slot] === mark && this.#rows.areAlike(last - 1, row)) {
        this.#links[last - 1] = row + 1;
        this.#isRepeat[row >>> 5] = wordAt(this.#isRepeat, row >>> 5) | (1 << (row & 31));
        this.#count++;
        slots[slot] = row + 1;
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = row + 1;
    marks[slot] = mark;
    if (++this.#taken > FULL * slots.length) this.#grow();
  }

  #grow(): void {
    const [slots, marks] = [this.#slots, this.#marks];
    this.#slots = new Uint32Array(2 * slots.length);
    this.#marks = new Uint16Array(2 * slots.length);
    const mask = this.#slots.length - 1;
    for (let old = 0; old < slots.length; old++) {
      if (slots[old] === 0) continue;
      let slot = (marks[old] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = wordAt(slots, old);
      this.#marks[slot] = marks[old] ?? 0;
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
