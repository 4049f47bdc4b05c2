import type { Observation } from "../../model/rule.js";
import { HashSlots } from "./hash-slots.js";
import { keyedHash } from "./keyed-hash.js";
import { wordAt } from "./number-at.js";
import { uuidFrom } from "./uuid-words.js";

/** 32-bit words of a row: four of key, two of value, one of line, one of input. */
const ROW_WORDS = 8;
const KEY_WORDS = 4;
const PAGE_BITS = 15;
const PAGE_ROWS = 1 << PAGE_BITS;
const WORD = 0x100000000;

/**
 * A hash table from UUIDs to their first observation: 32 bytes a row in pages of 1 MiB, and 4 bytes a
 * slot. Keys are kept whole, so that equality is exact.
 */
export class UuidTable {
  readonly #pages: Uint32Array[] = [];
  readonly #slots = new HashSlots();
  readonly #hashOf = (row: number): number => keyedHash(this.#page(row), offsetOf(row), KEY_WORDS);

  get size(): number {
    return this.#slots.size;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#pages.length * PAGE_ROWS * ROW_WORDS * 4 + this.#slots.bytes;
  }

  /**
   * Inserts a UUID, given as the four words from `from`, unless the table has it already.
   *
   * @returns the row of the UUID; the last row if the UUID is new
   */
  insert(words: Uint32Array, from: number, value: number, input: number, line: number): number {
    const hash = keyedHash(words, from, KEY_WORDS);
    let row = this.#slots.first(hash);
    while (row >= 0 && !this.#holds(row, words, from)) row = this.#slots.next(hash);
    if (row >= 0) return row;
    if (this.size % PAGE_ROWS === 0) this.#pages.push(new Uint32Array(PAGE_ROWS * ROW_WORDS));
    const page = this.#page(this.size);
    const offset = offsetOf(this.size);
    for (let word = 0; word < 4; word++) page[offset + word] = words[from + word] ?? 0;
    // The array keeps the lower 32 bits of a number.
    page[offset + 4] = value;
    page[offset + 5] = Math.floor(value / WORD);
    page[offset + 6] = line;
    page[offset + 7] = input;
    return this.#slots.add(hash, this.#hashOf);
  }

  observation(row: number): Observation<number> {
    const page = this.#page(row);
    const offset = offsetOf(row) + 4;
    return {
      value: wordAt(page, offset + 1) * WORD + wordAt(page, offset),
      at: { input: wordAt(page, offset + 3), line: wordAt(page, offset + 2) },
    };
  }

  /** The row's UUID in lower case. */
  key(row: number): string {
    return uuidFrom(this.#page(row), offsetOf(row));
  }

  #page(row: number): Uint32Array {
    const page = this.#pages[row >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`no row ${row}`);
    return page;
  }

  #holds(row: number, words: Uint32Array, from: number): boolean {
    const page = this.#page(row);
    const offset = offsetOf(row);
    for (let word = 0; word < 4; word++) if (page[offset + word] !== words[from + word]) return false;
    return true;
  }
}

function offsetOf(row: number): number {
  return (row % PAGE_ROWS) * ROW_WORDS;
}
