const DASH = 0x2d;
const DASHES = [8, 13, 18, 23];
const URN = "urn:uuid:";

/** 0 for the characters of hexadecimal digits, by code. */
const NO_DIGIT = new Uint8Array(128).fill(1);
for (const digit of "0123456789abcdefABCDEF") NO_DIGIT[digit.charCodeAt(0)] = 0;

/** Whether the 36 characters from `start` to the end are a UUID's. A loop: two ids an event are read here. */
function isUuidAt(text: string, start: number): boolean {
  if (text.length !== start + 36) return false;
  for (const at of DASHES) if (text.charCodeAt(start + at) !== DASH) return false;
  let others = 0;
  for (let at = start; at < start + 36; at++) {
    const code = text.charCodeAt(at);
    others += code < 128 ? (NO_DIGIT[code] ?? 1) : DASHES.length + 1;
  }
  return others === DASHES.length;
}

/** JSON Schema format "uuid": any version, any case, with or without "urn:uuid:". */
export function isUuid(text: string): boolean {
  return (
    isUuidAt(text, 0) || (text.length === 45 && text.slice(0, 9).toLowerCase() === URN && isUuidAt(text, 9))
  );
}

/** A UUID of version 4 and the RFC 9562 variant, in its plain 36-character form (PS 4.1). */
export function isUuidV4(text: string): boolean {
  if (text.length !== 36 || text.charCodeAt(14) !== 0x34) return false;
  const variant = text.charCodeAt(19) | 0x20;
  return (variant === 0x38 || variant === 0x39 || variant === 0x61 || variant === 0x62) && isUuidAt(text, 0);
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
