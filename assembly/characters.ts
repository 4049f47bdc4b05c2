// Characters in strings, as JSON.stringify writes them.

const BACKSLASH: u8 = 0x5c;
/** Letters of the escapes of U+0008 to U+000D: b, t, n, none, f, r. */
const SHORT: u64 = 0x7266006e7462;
const DIGITS: usize = memory.data<u64>([0x3736353433323130, 0x6665646362613938], 16);

export function isHighSurrogate(code: i32): bool {
  return code >>> 10 === 0x36;
}

export function isLowSurrogate(code: i32): bool {
  return code >>> 10 === 0x37;
}

/** Writes a character as UTF-8 or as an escape to `to`; returns the address after it. */
export function writeCharacter(code: i32, to: usize): usize {
  if (code < 0x20) return writeControl(code, to);
  if (code === 0x22 || code === 0x5c) return writeEscape(code as u8, to);
  if (code < 0x80) {
    store<u8>(to, code as u8);
    return to + 1;
  }
  if (code < 0x800) {
    store<u8>(to, (0xc0 | (code >> 6)) as u8);
    return writeLast(code, to + 1);
  }
  // A surrogate without its other half is no character.
  if (code >>> 11 === 0x1b) return writeCode(code, to);
  if (code < 0x10000) {
    store<u8>(to, (0xe0 | (code >> 12)) as u8);
    return writeLast(code, writeLast(code >> 6, to + 1));
  }
  store<u8>(to, (0xf0 | (code >> 18)) as u8);
  return writeLast(code, writeLast(code >> 6, writeLast(code >> 12, to + 1)));
}

/** Writes a byte of UTF-8 with the last six bits of a code. */
function writeLast(code: i32, to: usize): usize {
  store<u8>(to, (0x80 | (code & 0x3f)) as u8);
  return to + 1;
}

function writeControl(code: i32, to: usize): usize {
  const letter = code >= 8 && code <= 13 ? ((SHORT >> (((code - 8) << 3) as u64)) as u8) : 0;
  return letter !== 0 ? writeEscape(letter, to) : writeCode(code, to);
}

function writeEscape(letter: u8, to: usize): usize {
  store<u8>(to, BACKSLASH);
  store<u8>(to, letter, 1);
  return to + 2;
}

/** \u001f */
function writeCode(code: i32, to: usize): usize {
  store<u16>(to, 0x755c);
  for (let digit: usize = 0; digit < 4; digit++)
    store<u8>(to + 2 + digit, load<u8>(DIGITS + (((code >> (12 - ((digit as i32) << 2))) & 15) as usize)));
  return to + 6;
}
