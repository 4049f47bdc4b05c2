const DOT: u8 = 0x2e;
const MINUS: u8 = 0x2d;
const ZERO: u8 = 0x30;

/** All digits of these come back as they were. */
const MAX_DIGITS: u32 = 15;
const MAX_SAFE: u64 = 0x20000000000000;
/** Zeros after the point, above which there is an exponent. */
const MAX_ZEROS: u32 = 5;

/** Whether JSON.stringify certainly writes a literal or a number as it stands from `start` up to `end`. */
export function isUsual(start: usize, end: usize): bool {
  const first = load<u8>(start);
  if (first >= 0x61) return true;
  let at = first === MINUS ? start + 1 : start;
  const whole = at;
  let value: u64 = 0;
  let digits: u32 = 0;
  for (; at < end; at++, digits++) {
    const digit = load<u8>(at) - ZERO;
    if (digit > 9) break;
    value = value * 10 + (digit as u64);
  }
  if (at === end) {
    if (digits > MAX_DIGITS) return digits === MAX_DIGITS + 1 && value <= MAX_SAFE;
    return first !== MINUS || load<u8>(whole) !== ZERO;
  }
  return load<u8>(at) === DOT && isUsualFraction(at + 1, end, value !== 0, digits);
}

function isUsualFraction(start: usize, end: usize, hasWhole: bool, wholeDigits: u32): bool {
  let digits = wholeDigits;
  let isSmall = !hasWhole;
  for (let at = start; at < end; at++, digits++) {
    const digit = load<u8>(at) - ZERO;
    if (digit > 9) return false;
    if (digit !== 0 && isSmall) {
      if (at - start > MAX_ZEROS) return false;
      isSmall = false;
    }
  }
  return digits <= MAX_DIGITS && load<u8>(end - 1) !== ZERO;
}
