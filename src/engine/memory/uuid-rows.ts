import type { Observation } from "../../model/observation.js";
import { keyedHash } from "./keyed-hash.js";
import { numberAt, wordAt } from "./number-at.js";
import { uuidFrom } from "./uuid-words.js";

/** 32-bit words of a row: four of key, two of value, one of line, one of input. */
const ROW_WORDS = 8;
const KEY_WORDS = 4;
const VALUE_WORD = 4;
const PAGE_BITS = 12;
const PAGE_ROWS = 1 << PAGE_BITS;

interface Page {
  readonly words: Uint32Array;
  /** The same memory. */
  readonly doubles: Float64Array;
}

/** Rows of a UUID and a number, in the order in which they came: 32 bytes a row in pages of 128 KiB. */
export class UuidRows {
  readonly #pages: Page[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#pages.length * PAGE_ROWS * ROW_WORDS * 4;
  }

  /**
   * Appends a row.
   *
   * @param words hold the UUID from `from` on, and the number, as the words of a double, from `valueFrom` on
   */
  append(words: Uint32Array, from: number, valueFrom: number, input: number, line: number): void {
    if (this.#size % PAGE_ROWS === 0) this.#addPage();
    const page = this.#page(this.#size).words;
    const offset = offsetOf(this.#size++);
    for (let word = 0; word < KEY_WORDS; word++) page[offset + word] = words[from + word] ?? 0;
    page[offset + VALUE_WORD] = words[valueFrom] ?? 0;
    page[offset + VALUE_WORD + 1] = words[valueFrom + 1] ?? 0;
    page[offset + 6] = line;
    page[offset + 7] = input;
  }

  observation(row: number): Observation<number> {
    const { words, doubles } = this.#page(row);
    const offset = offsetOf(row);
    return {
      value: numberAt(doubles, (offset + VALUE_WORD) / 2),
      at: { input: wordAt(words, offset + 7), line: wordAt(words, offset + 6) },
    };
  }

  /** The row's UUID in lower case. */
  key(row: number): string {
    return uuidFrom(this.#page(row).words, offsetOf(row));
  }

  hash(row: number): number {
    const { words } = this.#page(row);
    const offset = offsetOf(row);
    return keyedHash(wordAt(words, offset), words, offset + 1, KEY_WORDS - 1);
  }

  /** True if two rows have the same UUID. */
  areAlike(a: number, b: number): boolean {
    const [one, other] = [this.#page(a).words, this.#page(b).words];
    const [from, otherFrom] = [offsetOf(a), offsetOf(b)];
    for (let word = 0; word < KEY_WORDS; word++)
      if (one[from + word] !== other[otherFrom + word]) return false;
    return true;
  }

  #addPage(): void {
    const words = new Uint32Array(PAGE_ROWS * ROW_WORDS);
    this.#pages.push({ words, doubles: new Float64Array(words.buffer) });
  }

  #page(row: number): Page {
    const page = this.#pages[row >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`no row ${row}`);
    return page;
  }
}

function offsetOf(row: number): number {
  return (row % PAGE_ROWS) * ROW_WORDS;
}
