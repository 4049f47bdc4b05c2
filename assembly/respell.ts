// Writes the strings of a record as JSON.stringify writes them: replaces needless escapes by the characters themselves.
import { isHighSurrogate, isLowSurrogate, writeCharacter } from "./characters";
import { nextQuote } from "./strings";

const BLANK: u8 = 0x20;
const QUOTE: u8 = 0x22;
const SLASH: u8 = 0x2f;
const LETTER_U: u8 = 0x75;

/** The bytes of an escape by code, and of a pair of them. */
const ESCAPE: usize = 6;
const PAIR: usize = 12;

/** Given in place of a code if one of the four characters is no hexadecimal digit. */
const NO_CODE: i32 = -1;

/** How many bytes the escape takes that was written last. */
let taken: usize = 0;

/**
 * Writes the strings of a record anew where they stand, and fills the end of the record with blanks. Invalid
 * JSON stays invalid.
 *
 * @returns whether anything was written
 */
export function respell(start: usize, end: usize, quotes: usize): bool {
  let isInString = false;
  let from = start;
  let to = start;
  let at = nextQuote(start, start, end, quotes);
  while (at < end) {
    if (load<u8>(at) === QUOTE) {
      isInString = !isInString;
      at = nextQuote(at + 1, start, end, quotes);
      continue;
    }
    if (!isInString) break;
    if (!isNeedless(at, end)) {
      at = nextQuote(min(end, at + 2), start, end, quotes);
      continue;
    }
    to = moved(from, at, to);
    to = written(at, end, to);
    from = at + taken;
    at = nextQuote(from, start, end, quotes);
  }
  if (from === start) return false;
  to = moved(from, end, to);
  memory.fill(to, BLANK, end - to);
  return true;
}

/** True if the escape at `at` may be spelled otherwise than JSON.stringify does. */
function isNeedless(at: usize, end: usize): bool {
  const next = load<u8>(at + 1);
  if (next === SLASH) return at + 2 <= end;
  return next === LETTER_U && at + ESCAPE <= end && codeAt(at) !== NO_CODE;
}

/** Moves bytes to `to`; returns the address after them. */
function moved(from: usize, end: usize, to: usize): usize {
  if (from !== to) memory.copy(to, from, end - from);
  return to + (end - from);
}

/** Writes the character of the escape at `at` to `to`; returns the address after it. */
function written(at: usize, end: usize, to: usize): usize {
  if (load<u8>(at + 1) === SLASH) {
    taken = 2;
    store<u8>(to, SLASH);
    return to + 1;
  }
  taken = ESCAPE;
  const code = codeAt(at);
  if (!isHighSurrogate(code) || at + PAIR > end || load<u16>(at + ESCAPE) !== 0x755c)
    return writeCharacter(code, to);
  const low = codeAt(at + ESCAPE);
  if (low === NO_CODE || !isLowSurrogate(low)) return writeCharacter(code, to);
  taken = PAIR;
  return writeCharacter(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00), to);
}

/** The code of an escape at `at`: \u00e9 */
function codeAt(at: usize): i32 {
  let code = 0;
  for (let digit = at + 2; digit < at + ESCAPE; digit++) {
    const byte = load<u8>(digit) as i32;
    const letter = (byte | 0x20) - 0x61;
    if (<u32>(byte - 0x30) <= 9) code = (code << 4) | (byte - 0x30);
    else if (<u32>letter <= 5) code = (code << 4) | (letter + 10);
    else return NO_CODE;
  }
  return code;
}
