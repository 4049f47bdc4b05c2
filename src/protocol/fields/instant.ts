import type { Instant } from "../../model/rule.js";

/** The last text, because schemas, invariants and rules ask for one event's instant in turn. */
let latestText = "";
let latest: Instant | undefined;

/** The instant of an RFC 3339 date-time; undefined for anything else. */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value !== "string") return undefined;
  if (value !== latestText) {
    latest = read(value);
    latestText = value;
  }
  return latest;
}

/** The largest number below 1. */
const ALMOST_ONE = 1 - Number.EPSILON / 2;

function read(text: string): Instant | undefined {
  const days = daysIn(text);
  if (Number.isNaN(days) || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined;
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return undefined;
  const zoneAt = afterFraction(text, 19);
  const zone = zoneAt < 0 ? Number.NaN : zoneMinutes(text, zoneAt);
  if (Number.isNaN(zone)) return undefined;
  const minutes = days * 1440 + hour * 60 + minute - zone;
  if (second < 60) return { seconds: minutes * 60 + second, fraction: fractionOf(text, zoneAt) };
  if ((hour * 60 + minute - zone + 2880) % 1440 !== 1439) return undefined;
  // A count of seconds cannot express a leap second, so it extends the second before it.
  return { seconds: minutes * 60 + 59, fraction: 1 + fractionOf(text, zoneAt) };
}

const COLON = 0x3a;
const POINT = 0x2e;
const MINUS = 0x2d;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Days since 1970 of the date at the beginning of the text, which a T must follow; NaN if the text has another form.
 */
function daysIn(text: string): number {
  if (text.length < 20 || text.charCodeAt(4) !== MINUS || text.charCodeAt(7) !== MINUS) return Number.NaN;
  if ((text.charCodeAt(10) | 0x20) !== 0x74) return Number.NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  return isDay(year, month, day) ? daysFrom1970(year, month, day) : Number.NaN;
}

/** Two decimal digits at `at`, or NaN. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return day <= 29;
  return day <= (DAYS[month - 1] ?? 0);
}

/** Days in the proleptic Gregorian calendar. Years begin in March here, so that leap days come last. */
function daysFrom1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

/** Index after the digits of a fraction that starts with "." at `at`; `at` itself without one; -1 if broken. */
function afterFraction(text: string, at: number): number {
  if (text.charCodeAt(at) !== POINT) return at;
  let end = at + 1;
  while (end < text.length) {
    const digit = text.charCodeAt(end) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    end++;
  }
  return end === at + 1 ? -1 : end;
}

/** A double holds this many digits exactly; dividing them by a power of ten gives the nearest double. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** The fraction whose digits begin after the point at 19. */
function fractionOf(text: string, end: number): number {
  const count = end - 20;
  if (count <= 0) return 0;
  if (count > EXACT_DIGITS) return Math.min(Number(`0${text.slice(19, end)}`), ALMOST_ONE);
  let digits = 0;
  for (let at = 20; at < end; at++) digits = digits * 10 + text.charCodeAt(at) - 48;
  return digits / (POWERS[count] ?? 1);
}

/** Minutes east of UTC for the zone in the rest of the text, or NaN. */
function zoneMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if ((sign | 0x20) === 0x7a) return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== 0x2b && sign !== MINUS) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON)
    return Number.NaN;
  const hours = two(text, at + 1);
  const minutes = two(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === MINUS ? -1 : 1) * (hours * 60 + minutes);
}

/** A difference cannot express a leap second, so all of it counts as the last moment of the second before it. */
const LAST_MOMENT = 0.999999999;

/** Milliseconds between two instants, with their fractions as written. */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return (to.seconds - from.seconds) * 1000 + (withinSecond(to) - withinSecond(from)) * 1000;
}

function withinSecond({ fraction }: Instant): number {
  return fraction < 1 ? fraction : LAST_MOMENT;
}
