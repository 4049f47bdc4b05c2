/** An instant: whole seconds since 1970, and the digits of the fraction without zeros at the end. */
export interface Instant {
  readonly seconds: number;
  readonly fraction: string;
}

const FORM = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const LEAP = 60;

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/**
 * Reads a date-time of RFC 3339 (PS-4.1-5): a day of the calendar, with a zone; second 60 only at 23:59 UTC.
 *
 * @returns undefined if the value is none; a leap second is the second before it
 */
export function instantOf(value: unknown): Instant | undefined {
  const parts = typeof value === "string" ? FORM.exec(value) : null;
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const [zoneHour, zoneMinute] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  if (day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > LEAP) return undefined;
  if (zoneHour > 23 || zoneMinute > 59) return undefined;
  const zone = (zoneHour * 60 + zoneMinute) * (parts[8] === "-" ? -60 : 60);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const start = date.getTime() / 1000 + hour * 3600 + minute * 60 - zone;
  if (second === LEAP && ((start % 86_400) + 86_400) % 86_400 !== 86_340) return undefined;
  return { seconds: start + Math.min(second, 59), fraction: (parts[7] ?? "").replace(/0+$/, "") };
}

/** Below zero if the first instant is earlier, above zero if it is later. */
export function compareInstants(one: Instant, other: Instant): number {
  if (one.seconds !== other.seconds) return one.seconds - other.seconds;
  if (one.fraction === other.fraction) return 0;
  return one.fraction < other.fraction ? -1 : 1;
}

/** True for the second that some days have at their end: its place beside other instants is not judged. */
export const isLeapSecond = (value: unknown): boolean =>
  typeof value === "string" && /:60[.Zz+-]/.test(value);
