import { wordAt } from "./number-at.js";
import { putUuid, readLowerUuid, UUID_LENGTH } from "./uuid-words.js";

const UUID_WORDS = 4;
/** Words that the text of a UUID fills. */
const UUID_TEXT_WORDS = 9;

const WIDE_CHARACTER = /[\u0100-\uffff]/;
/**
 * The encoding of a key: two bytes a character; one byte; or a lower-case UUID and one byte for each character behind
 * it.
 */
const [WIDE, NARROW, UUID] = [0, 1, 2];
const KIND_BITS = 2;

/**
 * Encodes keys as 32-bit words; only equal keys have equal words. A header gives a key's length and encoding. The
 * UUID at its beginning follows, if there is one, then the other characters.
 */
export class KeyWords {
  /** The words of the key written last, and spare room. */
  words = new Uint32Array(128);
  /** The number of words that the key takes. */
  count = 0;
  /** A key's text, as words and as bytes. */
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

  /** Decodes the key whose words begin at `offset`. */
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

  /** Writes a key's text, and its UUID to the words behind the header; gives the encoding. */
  #writeText(key: string): number {
    const isWide = WIDE_CHARACTER.test(key);
    this.#textWords[textWords(key.length, isWide ? WIDE : NARROW) - 1] = 0;
    this.#text.write(key, isWide ? "utf16le" : "latin1");
    if (isWide) return WIDE;
    return key.length >= UUID_LENGTH && readLowerUuid(this.#text, this.words, 1) ? UUID : NARROW;
  }
}

/** Number of words for a key's text. */
function textWords(length: number, kind: number): number {
  return kind === WIDE ? (length + 1) >>> 1 : (length + 3) >>> 2;
}

/** For so few words, a loop copies faster than `set`. */
function copyWords(source: Uint32Array, from: number, target: Uint32Array, to: number, count: number): void {
  for (let word = 0; word < count; word++) target[to + word] = source[from + word] ?? 0;
}
