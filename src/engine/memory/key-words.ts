import { wordAt } from "./number-at.js";
import { putUuid, readLowerUuid, UUID_LENGTH } from "./uuid-words.js";

const UUID_WORDS = 4;
/** What the text of a UUID takes. */
const UUID_TEXT_WORDS = 9;

const WIDE_CHARACTER = /[\u0100-\uffff]/;
/** How a key is kept: two bytes a character, or one, or one for those behind a UUID in lower case. */
const [WIDE, NARROW, UUID] = [0, 1, 2];
const KIND_BITS = 2;

/**
 * Keys as 32-bit words, equal for equal keys only: a header that says how long a key is and how it is kept, the UUID
 * at its beginning if it has one, and its other characters.
 */
export class KeyWords {
  /** The words of the key written last, and room. */
  words = new Uint32Array(128);
  /** How many of them are the key's. */
  count = 0;
  /** A key's text, in words and in bytes. */
  #textWords = new Uint32Array(128);
  #text = Buffer.from(this.#textWords.buffer);

  write(key: string): void {
    this.#makeRoom(key.length);
    const kind = this.#writeText(key);
    const [from, start] = kind === UUID ? [1 + UUID_WORDS, UUID_TEXT_WORDS] : [1, 0];
    const others = textWords(key.length, kind) - start;
    this.words[0] = (key.length << KIND_BITS) | kind;
    copyWords(this.#textWords, start, this.words, from, others);
    this.count = from + others;
  }

  /** Reads a key back, whose words begin at `offset`. */
  read(words: Uint32Array, offset: number): string {
    const header = wordAt(words, offset);
    const length = header >>> KIND_BITS;
    const kind = header % (1 << KIND_BITS);
    this.#makeRoom(length);
    const [from, start] = kind === UUID ? [1 + UUID_WORDS, UUID_TEXT_WORDS] : [1, 0];
    copyWords(words, offset + from, this.#textWords, start, textWords(length, kind) - start);
    if (kind === UUID) putUuid(words, offset + 1, this.#text);
    const isWide = kind === WIDE;
    return this.#text.toString(isWide ? "utf16le" : "latin1", 0, isWide ? length * 2 : length);
  }

  #makeRoom(length: number): void {
    const needed = 1 + UUID_WORDS + length;
    if (this.words.length >= needed) return;
    this.words = new Uint32Array(needed * 2);
    this.#textWords = new Uint32Array(needed * 2);
    this.#text = Buffer.from(this.#textWords.buffer);
  }

  /** Writes a key's text, and its UUID to the words behind the header; gives how the key is kept. */
  #writeText(key: string): number {
    const isWide = WIDE_CHARACTER.test(key);
    this.#textWords[textWords(key.length, isWide ? WIDE : NARROW) - 1] = 0;
    this.#text.write(key, isWide ? "utf16le" : "latin1");
    if (isWide) return WIDE;
    return key.length >= UUID_LENGTH && readLowerUuid(this.#text, this.words, 1) ? UUID : NARROW;
  }
}

/** How many words a key's text takes. */
function textWords(length: number, kind: number): number {
  return kind === WIDE ? (length + 1) >>> 1 : (length + 3) >>> 2;
}

/** Of so few words, a loop copies faster than `set`. */
function copyWords(source: Uint32Array, from: number, target: Uint32Array, to: number, count: number): void {
  for (let word = 0; word < count; word++) target[to + word] = wordAt(source, from + word);
}
