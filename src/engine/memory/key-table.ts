import { wordColumn } from "./columns.js";
import { HashSlots } from "./hash-slots.js";
import { type EncodedRest, keyIn } from "./key-words.js";
import { keyedHash } from "./keyed-hash.js";
import { wordAt } from "./number-at.js";

const PAGE_BITS = 14;
const PAGE_WORDS = 1 << PAGE_BITS;
const UUID_WORDS = 4;
/** Places are stored as 32-bit words. */
const MAX_PLACE = 0xffffffff;

/**
 * Numbers keys from 0, in the order in which they come. Keys are kept whole, as words in pages, so that equality is
 * exact. Each key takes about 18 bytes more than its words.
 */
export class KeyTable {
  readonly #slots = new HashSlots();
  /** The hash and the words of each key. */
  readonly #pages: Uint32Array[] = [];
  #pageBytes = 0;
  /** Words used in the last page. The initial value makes the first key start a page. */
  #used = PAGE_WORDS;
  /** Page and offset of each key's hash, in one number. */
  readonly #places = wordColumn();
  /** The words of the key at hand. */
  #key = new Uint32Array(128);
  readonly #hashOf = (number: number): number => {
    const place = this.#places.get(number);
    return wordAt(this.#page(place), place % PAGE_WORDS);
  };

  get size(): number {
    return this.#slots.size;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#slots.bytes + this.#places.bytes + this.#pageBytes;
  }

  /**
   * The number of a key; a new key gets the next one.
   *
   * @param uuids the words of the UUIDs that it begins with, from `at` on
   */
  number(rest: EncodedRest, uuids: Uint32Array, at: number): number {
    const count = this.#write(rest, uuids, at);
    const hash = keyedHash(this.#key, 0, count);
    let number = this.#slots.first(hash);
    while (number >= 0 && !this.#holds(number, count)) number = this.#slots.next(hash);
    if (number >= 0) return number;
    this.#append(hash, count);
    return this.#slots.add(hash, this.#hashOf);
  }

  /** Writes the words of a key; gives how many there are. For so few, a loop copies faster than `set`. */
  #write({ header, uuids, text }: EncodedRest, words: Uint32Array, at: number): number {
    const uuidWords = uuids * UUID_WORDS;
    const count = 1 + uuidWords + text.length;
    if (count > this.#key.length) this.#key = new Uint32Array(2 * count);
    const key = this.#key;
    key[0] = header;
    for (let word = 0; word < uuidWords; word++) key[1 + word] = words[at + word] ?? 0;
    for (let word = 0; word < text.length; word++) key[1 + uuidWords + word] = text[word] ?? 0;
    return count;
  }

  /** The key for a number. */
  key(number: number): string {
    if (number >= this.size) throw new RangeError(`no key ${number}`);
    const place = this.#places.get(number);
    return keyIn(this.#page(place), (place % PAGE_WORDS) + 1);
  }

  #append(hash: number, count: number): void {
    if (this.#used + 1 + count > PAGE_WORDS) this.#addPage(1 + count);
    const last = this.#pages.length - 1;
    const place = last * PAGE_WORDS + this.#used;
    if (place > MAX_PLACE) throw new RangeError("a table holds no more than 16 GiB of keys");
    const page = this.#page(place);
    this.#places.set(this.size, place);
    page[this.#used++] = hash;
    for (let word = 0; word < count; word++) page[this.#used++] = this.#key[word] ?? 0;
  }

  #addPage(needed: number): void {
    const page = new Uint32Array(Math.max(PAGE_WORDS, needed));
    this.#pages.push(page);
    this.#pageBytes += page.byteLength;
    this.#used = 0;
  }

  #holds(number: number, count: number): boolean {
    const words = this.#key;
    const place = this.#places.get(number);
    const page = this.#page(place);
    const start = (place % PAGE_WORDS) + 1;
    for (let word = 0; word < count; word++) if (page[start + word] !== words[word]) return false;
    return true;
  }

  #page(place: number): Uint32Array {
    const page = this.#pages[place >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`no key at ${place}`);
    return page;
  }
}
