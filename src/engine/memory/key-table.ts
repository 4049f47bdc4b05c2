import { type EncodedRest, keyIn, wordsIn } from "./key-words.js";
import { keyedHash } from "./keyed-hash.js";
import { wordAt } from "./number-at.js";

const PAGE_BITS = 14;
const PAGE_WORDS = 1 << PAGE_BITS;
const UUID_WORDS = 4;
/** Words of a record in front of its key: the last row of the key, plus 1, and how many rows it has. */
const LAST_WORD = 0;
const ROWS_WORD = 1;
const OWN_WORDS = 2;
/** Places are kept as 32-bit words, plus 1. */
const MAX_PLACE = 0xfffffffe;

const FIRST_SLOTS = 1 << 10;
const MAX_LOAD = 0.7;
/** A slot: the place of a record, plus 1, or 0 where it is empty; and the hash of its key. */
const SLOT_WORDS = 2;

/** In place of a row that does not exist. */
export const NO_ROW = -1;

/**
 * Records of keys, in the order in which the keys come: where the rows of the key end, then the key. Keys are kept whole,
 * so that equality is exact. Each takes about 24 bytes more than its words.
 */
export class KeyTable {
  #slots = new Uint32Array(SLOT_WORDS * FIRST_SLOTS);
  readonly #pages: Uint32Array[] = [];
  /** Words used in each page. */
  readonly #used: number[] = [];
  #pageBytes = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#slots.byteLength + this.#pageBytes;
  }

  /**
   * The place of a key's record; a new key gets one.
   *
   * @param uuids the words of the UUIDs that it begins with, from `at` on
   */
  place(rest: EncodedRest, uuids: Uint32Array, at: number): number {
    const hash = hashOf(rest, uuids, at);
    const slot = this.#slotOf(hash, rest, uuids, at);
    const slots = this.#slots;
    const taken = wordAt(slots, slot);
    if (taken !== 0) return taken - 1;
    const place = this.#append(rest, uuids, at);
    slots[slot] = place + 1;
    slots[slot + 1] = hash;
    if (++this.#size * SLOT_WORDS > slots.length * MAX_LOAD) this.#grow();
    return place;
  }

  /** The place of a key's record, as `place` takes it; undefined where there is none. */
  find(rest: EncodedRest, uuids: Uint32Array, at: number): number | undefined {
    const taken = wordAt(this.#slots, this.#slotOf(hashOf(rest, uuids, at), rest, uuids, at));
    return taken === 0 ? undefined : taken - 1;
  }

  /** The slot of a key, or the empty one that it would get. */
  #slotOf(hash: number, rest: EncodedRest, uuids: Uint32Array, at: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash * SLOT_WORDS) & mask;
    for (let taken = wordAt(slots, slot); taken !== 0; taken = wordAt(slots, slot)) {
      if (slots[slot + 1] === hash && this.#holds(taken - 1, rest, uuids, at)) return slot;
      slot = (slot + SLOT_WORDS) & mask;
    }
    return slot;
  }

  /** The places of all records, in their order. */
  *places(): Generator<number> {
    for (const [index, page] of this.#pages.entries())
      for (let at = 0; at < (this.#used[index] ?? 0); at += OWN_WORDS + wordsIn(page, at + OWN_WORDS))
        yield index * PAGE_WORDS + at;
  }

  /** The key of the record at a place. */
  key(place: number): string {
    return keyIn(this.#page(place), (place % PAGE_WORDS) + OWN_WORDS);
  }

  /** The last row that was added to a key; NO_ROW if there is none. */
  lastRow(place: number): number {
    return wordAt(this.#page(place), (place % PAGE_WORDS) + LAST_WORD) - 1;
  }

  /** How many rows were added to a key. */
  rowCount(place: number): number {
    return wordAt(this.#page(place), (place % PAGE_WORDS) + ROWS_WORD);
  }

  addRow(place: number, row: number): void {
    const page = this.#page(place);
    const at = place % PAGE_WORDS;
    page[at + LAST_WORD] = row + 1;
    page[at + ROWS_WORD] = wordAt(page, at + ROWS_WORD) + 1;
  }

  #page(place: number): Uint32Array {
    const page = this.#pages[place >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`no key at ${place}`);
    return page;
  }

  #holds(place: number, { header, uuids, text }: EncodedRest, words: Uint32Array, at: number): boolean {
    const page = this.#page(place);
    let from = (place % PAGE_WORDS) + OWN_WORDS;
    if (page[from++] !== header) return false;
    for (let word = 0; word < uuids * UUID_WORDS; word++) if (page[from++] !== words[at + word]) return false;
    for (let word = 0; word < text.length; word++) if (page[from++] !== text[word]) return false;
    return true;
  }

  #append({ header, uuids, text }: EncodedRest, words: Uint32Array, at: number): number {
    const needed = OWN_WORDS + 1 + uuids * UUID_WORDS + text.length;
    const last = this.#pageWith(needed);
    const page = this.#pages[last];
    const start = this.#used[last] ?? 0;
    const place = last * PAGE_WORDS + start;
    if (page === undefined || place > MAX_PLACE)
      throw new RangeError("a table holds no more than 16 GiB of keys");
    let to = start + OWN_WORDS;
    page[to++] = header;
    for (let word = 0; word < uuids * UUID_WORDS; word++) page[to++] = words[at + word] ?? 0;
    for (let word = 0; word < text.length; word++) page[to++] = text[word] ?? 0;
    this.#used[last] = to;
    return place;
  }

  /** The index of the last page, which is a new one where it would have no room. */
  #pageWith(needed: number): number {
    const last = this.#pages.length - 1;
    if (last >= 0 && (this.#used[last] ?? 0) + needed <= PAGE_WORDS) return last;
    const page = new Uint32Array(Math.max(PAGE_WORDS, needed));
    this.#pages.push(page);
    this.#used.push(0);
    this.#pageBytes += page.byteLength;
    return last + 1;
  }

  /** Goes through the slots in their order: those of a larger table are reached in two such orders, not at random. */
  #grow(): void {
    const slots = this.#slots;
    const larger = new Uint32Array(2 * slots.length);
    const mask = larger.length - 1;
    for (let old = 0; old < slots.length; old += SLOT_WORDS) {
      if (slots[old] === 0) continue;
      const hash = wordAt(slots, old + 1);
      let slot = (hash * SLOT_WORDS) & mask;
      while (larger[slot] !== 0) slot = (slot + SLOT_WORDS) & mask;
      larger[slot] = wordAt(slots, old);
      larger[slot + 1] = hash;
    }
    this.#slots = larger;
  }
}

function hashOf({ hash, uuids }: EncodedRest, words: Uint32Array, at: number): number {
  return keyedHash(hash, words, at, uuids * UUID_WORDS);
}
