const LENGTH = 36;
const DASH = 0x2d;

/** The value of each hexadecimal digit, by its character code; NO_DIGIT for all else. */
const NO_DIGIT = 0x80;
const DIGITS = new Uint8Array(1 << 16).fill(NO_DIGIT);
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
  const at = (place: number): number => text.charCodeAt(place);
  if (at(8) !== DASH || at(13) !== DASH || at(18) !== DASH || at(23) !== DASH) return false;
  let seen = 0;
  const behind = (word: number, start: number, end: number): number => {
    let longer = word;
    for (let place = start; place < end; place++) {
      const digit = DIGITS[at(place)] ?? NO_DIGIT;
      seen |= digit;
      longer = (longer << 4) | digit;
    }
    return longer;
  };
  const a = behind(0, 0, 8);
  const b = behind(behind(0, 9, 13), 14, 18);
  const c = behind(behind(0, 19, 23), 24, 28);
  const d = behind(0, 28, LENGTH);
  if ((seen & NO_DIGIT) !== 0) return false;
  words.push(a >>> 0);
  words.push(b >>> 0);
  words.push(c >>> 0);
  words.push(d >>> 0);
  return true;
}
