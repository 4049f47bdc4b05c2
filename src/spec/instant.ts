import type { Instant } from "../model/rule.js";
import { isDateTime } from "./formats.js";

/** The text read last: several rules ask for one event's instant, one after the other. */
let latest: { readonly text: string; readonly instant: Instant | undefined } = {
  text: "",
  instant: undefined,
};

/** The instant that an RFC 3339 date-time names; undefined for anything else. */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value !== "string") return undefined;
  if (value !== latest.text) latest = { text: value, instant: isDateTime(value) ? read(value) : undefined };
  return latest.instant;
}

function read(text: string): Instant {
  const days = daysFrom1970(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
  const second = digits(text, 17, 19);
  const zoneAt = afterDigits(text, 20);
  const minutes = days * 1440 + digits(text, 11, 13) * 60 + digits(text, 14, 16) - zoneMinutes(text, zoneAt);
  // No count of seconds has room for a leap second: it is the last moment of the second before it.
  if (second === 60) return { seconds: minutes * 60 + 59, fraction: LAST_MOMENT };
  return { seconds: minutes * 60 + second, fraction: fractionOf(text, zoneAt) };
}

/** The number that the decimal digits from `start` to `end` stand for. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}

/** Days of the proleptic Gregorian calendar; its years begin in March here, so that leap days come last. */
function daysFrom1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

/** Where the zone begins, behind seconds and their fraction; `from` is the first character behind a point. */
function afterDigits(text: string, from: number): number {
  if (text.charCodeAt(from - 1) !== 0x2e) return from - 1;
  let at = from;
  while (text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++;
  return at;
}

/** As many digits as a whole number holds exactly: divided by a power of ten it is the nearest double. */
const EXACT_DIGITS = 15;

function fractionOf(text: string, end: number): number {
  const count = end - 20;
  if (count <= 0) return 0;
  const exact =
    count <= EXACT_DIGITS ? digits(text, 20, end) / 10 ** count : Number(`0${text.slice(19, end)}`);
  return Math.min(exact, ALMOST_ONE);
}

function zoneMinutes(text: string, at: number): number {
  if (text.length < at + 6) return 0;
  const minutes = digits(text, at + 1, at + 3) * 60 + digits(text, at + 4, at + 6);
  return text.charCodeAt(at) === 0x2d ? -minutes : minutes;
}

/** The largest number below 1. */
const ALMOST_ONE = 1 - Number.EPSILON / 2;

const LAST_MOMENT = 0.999999999;

/** Milliseconds from one instant to another, with the fractions as they were written. */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return (to.seconds - from.seconds) * 1000 + (to.fraction - from.fraction) * 1000;
}
