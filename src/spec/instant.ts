import type { Instant } from "../model/rule.js";
import { isDateTime } from "./formats.js";

/** The instant that an RFC 3339 date-time names; undefined for anything else. */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value !== "string" || !isDateTime(value)) return undefined;
  const fraction = /^\.\d+/.exec(value.slice(19))?.[0] ?? "";
  const zone = value.slice(19 + fraction.length);
  const at = (from: number, to: number): number => Number(value.slice(from, to));
  const date = new Date(0);
  // setUTCFullYear, unlike Date.UTC, does not read years below 100 as 19xx.
  date.setUTCFullYear(at(0, 4), at(5, 7) - 1, at(8, 10));
  const local = date.getTime() / 1000 + at(11, 13) * 3600 + at(14, 16) * 60 + at(17, 19);
  // No count of seconds has room for a leap second: it is the last moment of the second before it.
  if (at(17, 19) === 60) return { seconds: local - 1 - zoneSeconds(zone), fraction: LAST_MOMENT };
  return {
    seconds: local - zoneSeconds(zone),
    fraction: fraction === "" ? 0 : Math.min(Number(`0${fraction}`), ALMOST_ONE),
  };
}

/** The largest number below 1. */
const ALMOST_ONE = 1 - Number.EPSILON / 2;

const LAST_MOMENT = 0.999999999;

function zoneSeconds(zone: string): number {
  if (zone.length < 6) return 0;
  const seconds = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60;
  return zone.startsWith("-") ? -seconds : seconds;
}

/** Milliseconds from one instant to another, with the fractions as they were written. */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return (to.seconds - from.seconds) * 1000 + (to.fraction - from.fraction) * 1000;
}
