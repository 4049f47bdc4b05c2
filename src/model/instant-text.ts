import type { Instant } from "./observation.js";

const FIRST = Date.parse("0000-01-01T00:00:00Z");
const SECOND = 1000;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);
/** Digits of a fraction: the bounds of the finest bins have ten. */
const DIGITS = 10;
/** A leap second is shown as the end of the second before it. */
const MOST_FRACTION = 1 - 10 ** -DIGITS;

/** An instant in UTC as RFC 3339 has it, with as many digits as it takes. Years are from 0 to 9999. */
export function instantText({ seconds, fraction }: Instant): string {
  const at = new Date(Math.min(Math.max(seconds * SECOND, FIRST), LAST));
  const digits = Math.min(fraction, MOST_FRACTION)
    .toFixed(DIGITS)
    .slice(1)
    .replace(/\.?0+$/, "");
  return `${at.toISOString().slice(0, "0000-00-00T00:00:00".length)}${digits}Z`;
}

/** Seconds since 1970 of a text that `instantText` has made; NaN for any other: a report may come from anybody. */
export function secondsOf(text = ""): number {
  const [whole = "", digits = ""] = text.slice(0, -1).split(".");
  return Date.parse(`${whole}Z`) / SECOND + Number(`0.${digits}`);
}
