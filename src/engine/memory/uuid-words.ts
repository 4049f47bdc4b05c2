// UUIDs as texts, and as four 32-bit words.
import { wordAt } from "./number-at.js";

export const UUID_LENGTH = 36;

const DASH = 0x2d;
const DASHES = [8, 13, 18, 23];

/** The value of each hexadecimal digit by its character code, with an extra bit for capitals; NO_DIGIT for the rest. */
const VALUE = 0x0f;
const CAPITAL = 0x40;
const NO_DIGIT = 0x80;
const DIGITS = new Uint8Array(1 << 16).fill(NO_DIGIT);
const DIGIT_CODES = Buffer.from("0123456789abcdef", "latin1");
for (const [value, code] of DIGIT_CODES.entries()) {
  DIGITS[String.fromCharCode(code).toUpperCase().charCodeAt(0)] = value | CAPITAL;
  DIGITS[code] = value;
}

const UUID_WORDS = 4;
/** At most this number of UUIDs at the beginning of a text are separated from the rest. */
const MOST = 3;
/** Their words. */
export const UUIDS_WORDS = MOST * UUID_WORDS;

const WIDE_CHARACTER = /[\u0100-\uffff]/;

/**
 * Writes the words of the UUIDs in lower case that a text begins with, three at most, and zeros in place of others.
 *
 * @returns how many there are; none in a text with characters that take more than a byte
 */
export function leadingUuids(text: string, words: Uint32Array, offset: number): number {
  let count = 0;
  while (count < MOST && readUuid(text, count * UUID_LENGTH, words, offset + count * UUID_WORDS)) count++;
  if (count > 0 && WIDE_CHARACTER.test(text)) count = 0;
  words.fill(0, offset + count * UUID_WORDS, offset + UUIDS_WORDS);
  return count;
}

/** Writes the words of the UUID in lower case that begins at `start`; false if there is none. */
function readUuid(text: string, start: number, words: Uint32Array, offset: number): boolean {
  if (text.length < start + UUID_LENGTH) return false;
  for (const dash of DASHES) if (text.charCodeAt(start + dash) !== DASH) return false;
  let seen = 0;
  const behind = (word: number, from: number, to: number): number => {
    let longer = word;
    for (let place = start + from; place < start + to; place++) {
      const digit = DIGITS[text.charCodeAt(place)] ?? NO_DIGIT;
      seen |= digit;
      longer = (longer << 4) | (digit & VALUE);
    }
    return longer;
  };
  words[offset] = behind(0, 0, 8);
  words[offset + 1] = behind(behind(0, 9, 13), 14, 18);
  words[offset + 2] = behind(behind(0, 19, 23), 24, 28);
  words[offset + 3] = behind(0, 28, UUID_LENGTH);
  return (seen & (NO_DIGIT | CAPITAL)) === 0;
}

/** The UUID for four words, in lower case. */
export function uuidFrom(words: Uint32Array, offset: number): string {
  const slot = wordAt(words, offset) & (RECENT - 1);
  const recent = RECENT_TEXTS[slot];
  if (recent !== undefined && isRecent(words, offset, UUID_WORDS * slot)) return recent;
  for (let word = 0; word < UUID_WORDS; word++)
    RECENT_WORDS[UUID_WORDS * slot + word] = wordAt(words, offset + word);
  putUuid(words, offset, UUID_TEXT);
  const text = UUID_TEXT.toString("latin1");
  RECENT_TEXTS[slot] = text;
  return text;
}

/** The texts of so many UUIDs are kept: in one part of a log the same ones come again and again. A power of two. */
const RECENT = 256;
const RECENT_WORDS = new Uint32Array(RECENT * UUID_WORDS);
const RECENT_TEXTS: (string | undefined)[] = new Array(RECENT).fill(undefined);
const UUID_TEXT = Buffer.alloc(UUID_LENGTH);

function isRecent(words: Uint32Array, offset: number, recent: number): boolean {
  for (let word = 0; word < UUID_WORDS; word++)
    if (words[offset + word] !== RECENT_WORDS[recent + word]) return false;
  return true;
}

/** Writes the UUID for four words to the beginning of a text. */
function putUuid(words: Uint32Array, offset: number, text: Uint8Array): void {
  const second = wordAt(words, offset + 1);
  const third = wordAt(words, offset + 2);
  putHex(wordAt(words, offset), 8, text, 0);
  putHex(second >>> 16, 4, text, 9);
  putHex(second, 4, text, 14);
  putHex(third >>> 16, 4, text, 19);
  putHex(third, 4, text, 24);
  putHex(wordAt(words, offset + 3), 8, text, 28);
  for (const dash of DASHES) text[dash] = DASH;
}

/** Writes the lower `digits` hexadecimal digits of a word to a text. */
function putHex(word: number, digits: number, text: Uint8Array, start: number): void {
  for (let at = start, shift = 4 * (digits - 1); shift >= 0; at++, shift -= 4)
    text[at] = DIGIT_CODES[(word >>> shift) & 0xf] ?? 0;
}
