const UUID_LENGTH = 36;
const UUID_WORDS = 4;
/** What the text of a UUID takes. */
const UUID_TEXT_WORDS = 9;
const DASHES = [8, 13, 18, 23];
const DASH = 0x2d;
const NO_DIGIT = -1;

/** The value of each digit of a UUID in lower case by its character code; negative for all else. */
const DIGITS = new Int8Array(256).fill(NO_DIGIT);
const DIGIT_CODES = Buffer.from("0123456789abcdef", "latin1");
for (const [value, code] of DIGIT_CODES.entries()) DIGITS[code] = value;

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
    const header = words[offset] ?? 0;
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
    return key.length >= UUID_LENGTH && readUuid(this.#text, this.words) ? UUID : NARROW;
  }
}

/** How many words a key's text takes. */
function textWords(length: number, kind: number): number {
  return kind === WIDE ? (length + 1) >>> 1 : (length + 3) >>> 2;
}

/** Of so few words, a loop copies faster than `set`. */
function copyWords(source: Uint32Array, from: number, target: Uint32Array, to: number, count: number): void {
  for (let word = 0; word < count; word++) target[to + word] = source[from + word] ?? 0;
}

/** Reads the UUID at a text's beginning to words 1 to 4; false where there is none in lower case. */
function readUuid(text: Uint8Array, words: Uint32Array): boolean {
  for (const dash of DASHES) if (text[dash] !== DASH) return false;
  const a = hexWord(text, 0, 8, 0);
  const b = hexWord(text, 14, 18, hexWord(text, 9, 13, 0));
  const c = hexWord(text, 24, 28, hexWord(text, 19, 23, 0));
  const d = hexWord(text, 28, 36, 0);
  if (Number.isNaN(a + b + c + d)) return false;
  words[1] = a;
  words[2] = b;
  words[3] = c;
  words[4] = d;
  return true;
}

/** The number that hexadecimal digits stand for, behind those of `before`; NaN where one is no digit in lower case. */
function hexWord(text: Uint8Array, start: number, end: number, before: number): number {
  let word = before;
  let isBroken = Number.isNaN(before) ? NO_DIGIT : 0;
  for (let at = start; at < end; at++) {
    const digit = DIGITS[text[at] ?? 0] ?? NO_DIGIT;
    isBroken |= digit;
    word = (word << 4) | digit;
  }
  return isBroken < 0 ? Number.NaN : word >>> 0;
}

/** The UUID that four words stand for, in lower case. */
export function uuidFrom(words: Uint32Array, offset: number): string {
  putUuid(words, offset, UUID_TEXT);
  return UUID_TEXT.toString("latin1");
}

const UUID_TEXT = Buffer.alloc(UUID_LENGTH);

function putUuid(words: Uint32Array, offset: number, text: Uint8Array): void {
  const second = words[offset + 1] ?? 0;
  const third = words[offset + 2] ?? 0;
  putHex(words[offset] ?? 0, 8, text, 0);
  putHex(second >>> 16, 4, text, 9);
  putHex(second, 4, text, 14);
  putHex(third >>> 16, 4, text, 19);
  putHex(third, 4, text, 24);
  putHex(words[offset + 3] ?? 0, 8, text, 28);
  for (const dash of DASHES) text[dash] = DASH;
}

/** Puts the lower `digits` hexadecimal digits of a word into a text. */
function putHex(word: number, digits: number, text: Uint8Array, start: number): void {
  for (let at = start, shift = 4 * (digits - 1); shift >= 0; at++, shift -= 4)
    text[at] = DIGIT_CODES[(word >>> shift) & 0xf] ?? 0;
}
