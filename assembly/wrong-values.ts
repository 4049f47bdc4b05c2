// Values that are certainly wrong, in the usual ways. Each function gives a number. All values with one number get the
// same message and the same advice, which comes from src/protocol/near-misses.
import { OTHER_ID, OTHER_TIME, OTHER_VERSION, PREFIXED_ID, UNIX_TIME } from "./own-values";
import { isAlphanumeric, isLetter, isLocal, isUuid, isZone, MAX_TIME, zoneOf } from "./right-values";

const UUID_LENGTH: usize = 36;
/** A longer text may hold a UUID. */
const MAX_ID: usize = 35;
/** What the names in rows are no longer than. */
const MAX_PREFIXED: usize = 48;

// The characters of an id, a bit for each set that holds them all.
const PLAIN: u32 = 1;
const HEXADECIMAL: u32 = 2;
/** The digits and letters of a ULID. */
const CROCKFORD: u32 = 4;

/** The letters that a ULID does not have: i, l, o, u. */
const NOT_CROCKFORD: u32 = (1 << 8) | (1 << 11) | (1 << 14) | (1 << 20);

/** In which way a text is not a UUID of version 4; 0 if only equal texts are alike. */
export function wrongId(start: usize, length: usize): u32 {
  if (isUuid(start, length)) return OTHER_VERSION;
  if (isPrefixed(start, length)) return PREFIXED_ID;
  if (length === 0 || length > MAX_ID) return 0;
  const sets = setsOf(start, length);
  return sets === 0 ? 0 : OTHER_ID | ((length as u32) << 8) | (sets << 16);
}

/** True for a UUID after some letters and a sign, such as "evt_". */
function isPrefixed(start: usize, length: usize): bool {
  if (length < UUID_LENGTH + 2 || length > MAX_PREFIXED) return false;
  const sign = start + length - UUID_LENGTH - 1;
  for (let at = start; at < sign; at++) if (!isLetter(load<u8>(at))) return false;
  const byte = load<u8>(sign);
  return (byte === 0x5f || byte === 0x2d || byte === 0x3a) && isUuid(sign + 1, UUID_LENGTH);
}

function setsOf(start: usize, length: usize): u32 {
  let sets = PLAIN | HEXADECIMAL | CROCKFORD;
  for (let at = start; at < start + length; at++) sets &= setsWith(load<u8>(at));
  return sets;
}

function setsWith(byte: u8): u32 {
  if (byte - 0x30 <= 9) return PLAIN | HEXADECIMAL | CROCKFORD;
  if (!isAlphanumeric(byte)) return byte === 0x5f || byte === 0x2d || byte === 0x2e ? PLAIN : 0;
  const letter = ((byte | 0x20) - 0x61) as u32;
  const isCrockford = ((NOT_CROCKFORD >> letter) & 1) === 0;
  return PLAIN | (letter < 6 ? HEXADECIMAL : 0) | (isCrockford ? CROCKFORD : 0);
}

const BLANK: u8 = 0x20;
const LETTER_T: u8 = 0x54;

const HAS_BLANK: u32 = 1;
const HAS_ZONE: u32 = 2;

/** In which way a text is not a time: it lacks its zone, or its T; 0 if only equal texts are alike. */
export function wrongTime(start: usize, length: usize): u32 {
  if (length < 19 || length > MAX_TIME || !isLocal(start)) return 0;
  const between = load<u8>(start + 10);
  if (between !== BLANK && between !== LETTER_T) return 0;
  const end = start + length;
  const zone = zoneOf(start, end);
  if (zone === 0 || (zone !== end && !isZone(zone, end))) return 0;
  const how = (between === BLANK ? HAS_BLANK : 0) | (zone !== end ? HAS_ZONE : 0);
  return how === HAS_ZONE ? 0 : OTHER_TIME | (how << 8);
}

/** Numbers with so many digits are exact. */
const MAX_DIGITS: usize = 15;

/** In which way a number stands for a time: how many digits it has before its point; 0 if only equal numbers are alike. */
export function wrongNumber(start: usize, length: usize): u32 {
  if (length > MAX_DIGITS) return 0;
  let whole: u32 = 0;
  while ((whole as usize) < length && load<u8>(start + (whole as usize)) - 0x30 <= 9) whole++;
  if (whole === 0) return 0;
  for (let at: usize = whole; at < length; at++) {
    const byte = load<u8>(start + at);
    if (byte - 0x30 > 9 && byte !== 0x2e) return 0;
  }
  return UNIX_TIME | (whole << 8);
}
