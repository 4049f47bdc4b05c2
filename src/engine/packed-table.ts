import type { Observation, Position } from "../model/rule.js";

/** 32-bit words of a row: four of key, two of value, one of line, one of input. */
const ROW_WORDS = 8;
const PAGE_ROWS = 1 << 15;
const FIRST_SLOTS = 1 << 12;
const MAX_LOAD = 0.7;
const WORD = 0x100000000;

/**
 * A hash table from UUIDs to their first observation: 32 bytes a row in pages of 1 MiB, and 4 bytes a
 * slot. Keys are kept whole, so that equality is exact.
 */
export class PackedTable {
  readonly #pages: Uint32Array[] = [];
  /** Row number + 1 by hash; 0 is an empty slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #size = 0;
  readonly #key = new Uint32Array(4);
  readonly #hex = Buffer.alloc(16);

  get size(): number {
    return this.#size;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#pages.length * PAGE_ROWS * ROW_WORDS * 4 + this.#slots.byteLength;
  }

  /**
   * Inserts a UUID, given as the four words from `from`, that is not there yet; of one that is there, gives the
   * row and changes nothing.
   */
  insert(words: ArrayLike<number>, from: number, value: number, at: Position): number | "inserted" {
    const key = this.#key;
    for (let word = 0; word < 4; word++) key[word] = words[from + word] ?? 0;
    const slot = this.#slotOf(key);
    const taken = this.#slots[slot] ?? 0;
    if (taken !== 0) return taken - 1;
    const row = this.#size++;
    if (row % PAGE_ROWS === 0) this.#pages.push(new Uint32Array(PAGE_ROWS * ROW_WORDS));
    const page = this.#page(row);
    const offset = (row % PAGE_ROWS) * ROW_WORDS;
    page.set(key, offset);
    page[offset + 4] = value % WORD;
    page[offset + 5] = Math.floor(value / WORD);
    page[offset + 6] = at.line;
    page[offset + 7] = at.input;
    this.#slots[slot] = row + 1;
    if (this.#size > this.#slots.length * MAX_LOAD) this.#grow();
    return "inserted";
  }

  observation(row: number): Observation<number> {
    const page = this.#page(row);
    const offset = (row % PAGE_ROWS) * ROW_WORDS + 4;
    const [low = 0, high = 0] = [page[offset], page[offset + 1]];
    return {
      value: high * WORD + low,
      at: { input: page[offset + 3] ?? 0, line: page[offset + 2] ?? 0 },
    };
  }

  /** The row's UUID in lower case. */
  key(row: number): string {
    const page = this.#page(row);
    const offset = (row % PAGE_ROWS) * ROW_WORDS;
    for (let word = 0; word < 4; word++) this.#hex.writeUInt32BE(page[offset + word] ?? 0, word * 4);
    const hex = this.#hex.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  #page(row: number): Uint32Array {
    const page = this.#pages[Math.floor(row / PAGE_ROWS)];
    if (page === undefined) throw new RangeError(`no row ${row}`);
    return page;
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  #slotOf(key: Uint32Array): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(key[0] ?? 0, key[1] ?? 0, key[2] ?? 0, key[3] ?? 0) & mask;
    for (let taken = this.#slots[slot] ?? 0; taken !== 0; taken = this.#slots[slot] ?? 0) {
      if (this.#holds(taken - 1, key)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #holds(row: number, key: Uint32Array): boolean {
    const page = this.#page(row);
    const offset = (row % PAGE_ROWS) * ROW_WORDS;
    return (
      page[offset] === key[0] &&
      page[offset + 1] === key[1] &&
      page[offset + 2] === key[2] &&
      page[offset + 3] === key[3]
    );
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let row = 0; row < this.#size; row++) {
      const page = this.#page(row);
      const offset = (row % PAGE_ROWS) * ROW_WORDS;
      const [a = 0, b = 0, c = 0, d = 0] = [
        page[offset],
        page[offset + 1],
        page[offset + 2],
        page[offset + 3],
      ];
      let slot = hashOf(a, b, c, d) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row + 1;
    }
  }
}

/** Ids are the sender's: every word is mixed in, so that no choice of version or prefix piles them up by accident. */
function hashOf(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 13), 0x165667b1) ^ Math.imul(d, 0x9e3779b1);
  return (hash ^ (hash >>> 16)) >>> 0;
}
