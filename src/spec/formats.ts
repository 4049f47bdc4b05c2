const DASH = 0x2d;
const LENGTH = 36;
const URN = "urn:uuid:";

/** What a text is; bits. */
const UUID = 1;
const VERSION_4 = 2;
const HAS_CAPITALS = 4;
const IS_URN = 8;

/** Of each character, by its code, what it is no part of: UUIDs, or those without capitals. */
const NO_DIGIT = 1;
const CAPITAL = 2;
const DIGITS = new Uint8Array(1 << 16).fill(NO_DIGIT);
for (const digit of "0123456789abcdef") DIGITS[digit.charCodeAt(0)] = 0;
for (const digit of "ABCDEF") DIGITS[digit.charCodeAt(0)] = CAPITAL;

/** The texts looked at last, and what they are: schemas, invariants and rules ask for the same few ids in turn. */
let [first, second, third, fourth] = ["", "", "", ""];
let [firstKind, secondKind, thirdKind, fourthKind] = [0, 0, 0, 0];

function kindOf(text: string): number {
  if (text.length !== LENGTH && text.length !== URN.length + LENGTH) return 0;
  if (text === first) return firstKind;
  if (text === second) return secondKind;
  if (text === third) return thirdKind;
  if (text === fourth) return fourthKind;
  [fourth, third, second, first] = [third, second, first, text];
  [fourthKind, thirdKind, secondKind, firstKind] = [thirdKind, secondKind, firstKind, examined(text)];
  return firstKind;
}

function examined(text: string): number {
  if (text.length === LENGTH) return examinedAt(text, 0);
  const isUrn = text.slice(0, URN.length).toLowerCase() === URN;
  const kind = isUrn ? examinedAt(text, URN.length) : 0;
  return kind === 0 ? 0 : UUID | IS_URN;
}

/** What the 36 characters from `start` are. */
function examinedAt(text: string, start: number): number {
  const at = (place: number): number => text.charCodeAt(start + place);
  if (at(8) !== DASH || at(13) !== DASH || at(18) !== DASH || at(23) !== DASH) return 0;
  let faults = 0;
  for (let place = 0; place < 8; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  for (let place = 9; place < 13; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  for (let place = 14; place < 18; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  for (let place = 19; place < 23; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  for (let place = 24; place < LENGTH; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  if ((faults & NO_DIGIT) !== 0) return 0;
  const variant = at(19) | 0x20;
  const isVersion4 =
    at(14) === 0x34 && (variant === 0x38 || variant === 0x39 || variant === 0x61 || variant === 0x62);
  return UUID | (isVersion4 ? VERSION_4 : 0) | ((faults & CAPITAL) === 0 ? 0 : HAS_CAPITALS);
}

/** JSON Schema format "uuid": any version, any case, with or without "urn:uuid:". */
export function isUuid(text: string): boolean {
  return kindOf(text) !== 0;
}

/** A UUID of version 4 and the RFC 9562 variant, in its plain 36-character form (PS 4.1). */
export function isUuidV4(text: string): boolean {
  return (kindOf(text) & (VERSION_4 | IS_URN)) === VERSION_4;
}

/** An id by which things are told apart: UUIDs are the same whatever their case. */
export function foldedId(id: string): string {
  return (kindOf(id) & (HAS_CAPITALS | IS_URN)) === 0 ? id : id.toLowerCase();
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Two decimal digits at `at`, or NaN. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false;
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return day <= 29;
  return day <= (DAYS[month - 1] ?? 0);
}

/** Index after the digits of a fraction that starts with "." at `at`; `at` itself without one; -1 if broken. */
function afterFraction(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x2e) return at;
  let end = at + 1;
  while (end < text.length) {
    const digit = text.charCodeAt(end) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    end++;
  }
  return end === at + 1 ? -1 : end;
}

/** Minutes east of UTC of the zone that is the rest of the text, or NaN. */
function zoneMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if ((sign | 0x20) === 0x7a) return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== 0x2b && sign !== 0x2d) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 0x3a)
    return Number.NaN;
  const hours = two(text, at + 1);
  const minutes = two(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === 0x2d ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * RFC 3339 date-time (PS 4.1 "ISO 8601", spec-conflict X-7): a real calendar date, T or t, any
 * fraction, a zone (Z, z or +hh:mm); second 60 only where it is 23:59 in UTC.
 */
export function isDateTime(text: string): boolean {
  if (text !== latestTime) [latestTime, isLatestTime] = [text, readsAsDateTime(text)];
  return isLatestTime;
}

/** The text looked at last: schemas, invariants and rules ask for the same timestamp in turn. */
let latestTime = "";
let isLatestTime = false;

function readsAsDateTime(text: string): boolean {
  if (text.length < 20) return false;
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d || (text.charCodeAt(10) | 0x20) !== 0x74)
    return false;
  if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return false;
  const year = two(text, 0) * 100 + two(text, 2);
  if (Number.isNaN(year) || !isDay(year, two(text, 5), two(text, 8))) return false;
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return false;
  const zoneAt = afterFraction(text, 19);
  if (zoneAt < 0) return false;
  const zone = zoneMinutes(text, zoneAt);
  if (Number.isNaN(zone)) return false;
  if (second < 60) return true;
  return (hour * 60 + minute - zone + 2880) % 1440 === 1439;
}
