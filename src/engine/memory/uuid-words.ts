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

/** A list that words are appended to. */
interface Words {
  push(word: number): unknown;
}

/** Appends the words of a UUID in either case. If the text is no UUID, it appends nothing and returns false. */
export function readUuid(text: string, words: Words): boolean {
  if (text.length !== UUID_LENGTH) return false;
  const at = (place: number): number => text.charCodeAt(place);
  if (at(8) !== DASH || at(13) !== DASH || at(18) !== DASH || at(23) !== DASH) return false;
  let seen = 0;
  const behind = (word: number, start: number, end: number): number => {
    let longer = word;
    for (let place = start; place < end; place++) {
      const digit = DIGITS[at(place)] ?? NO_DIGIT;
      seen |= digit;
      longer = (longer << 4) | (digit & VALUE);
    }
    return longer;
  };
  const a = behind(0, 0, 8);
  const b = behind(behind(0, 9, 13), 14, 18);
  const c = behind(behind(0, 19, 23), 24, 28);
  const d = behind(0, 28, UUID_LENGTH);
  if ((seen & NO_DIGIT) !== 0) return false;
  words.push(a >>> 0);
  words.push(b >>> 0);
  words.push(c >>> 0);
  words.push(d >>> 0);
  return true;
}

/** Writes the words of the lower-case UUID at the text's beginning to `offset`; false if there is no such UUID. */
export function readLowerUuid(text: Uint8Array, words: Uint32Array, offset: number): boolean {
  for (const dash of DASHES) if (text[dash] !== DASH) return false;
  let seen = 0;
  const behind = (word: number, start: number, end: number): number => {
    let longer = word;
    for (let place = start; place < end; place++) {
      const digit = DIGITS[text[place] ?? 0] ?? NO_DIGIT;
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
  putUuid(words, offset, UUID_TEXT);
  return UUID_TEXT.toString("latin1");
}

const UUID_TEXT = Buffer.alloc(UUID_LENGTH);

/** Writes the UUID for four words to the beginning of a text. */
export function putUuid(words: Uint32Array, offset: number, text: Uint8Array): void {
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
