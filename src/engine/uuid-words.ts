const LENGTH = 36;
const DASH = 0x2d;
const NO_DIGIT = -1;

/** The value of each hexadecimal digit by its character code; negative for all else. */
const DIGITS = new Int8Array(128).fill(NO_DIGIT);
for (const [value, digit] of [..."0123456789abcdef"].entries()) {
  DIGITS[digit.charCodeAt(0)] = value;
  DIGITS[digit.toUpperCase().charCodeAt(0)] = value;
}

/** What words are appended to. */
interface Words {
  push(word: number): unknown;
}

/** Appends the four 32-bit words of a UUID of either case; false, and nothing is appended, where the text is none. */
export function readUuid(text: string, words: Words): boolean {
  if (text.length !== LENGTH) return false;
  if (
    text.charCodeAt(8) !== DASH ||
    text.charCodeAt(13) !== DASH ||
    text.charCodeAt(18) !== DASH ||
    text.charCodeAt(23) !== DASH
  )
    return false;
  const a = hexWord(text, 0, 8, 0);
  const b = hexWord(text, 14, 18, hexWord(text, 9, 13, 0));
  const c = hexWord(text, 24, 28, hexWord(text, 19, 23, 0));
  const d = hexWord(text, 28, 36, 0);
  if (Number.isNaN(a + b + c + d)) return false;
  words.push(a);
  words.push(b);
  words.push(c);
  words.push(d);
  return true;
}

/** The number that hexadecimal digits stand for, behind those of `before`; NaN where one is no digit. */
function hexWord(text: string, start: number, end: number, before: number): number {
  let word = before;
  let isBroken = Number.isNaN(before) ? NO_DIGIT : 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const digit = code < 128 ? (DIGITS[code] ?? NO_DIGIT) : NO_DIGIT;
    isBroken |= digit;
    word = (word << 4) | digit;
  }
  return isBroken < 0 ? Number.NaN : word >>> 0;
}
