import { instantOf } from "../fields/instant.js";

/** A slip in an RFC 3339 date-time: its sign, the advice, and the mended text. */
interface Slip {
  readonly sign: RegExp;
  readonly advice: string;
  readonly mended: string;
}

/** Tried in this order, each on the text that the previous ones have mended. */
const SLIPS: readonly Slip[] = [
  { sign: /[\r\n]+$/, advice: "leave out the line feed at its end", mended: "" },
  { sign: /^\s+|\s+$/g, advice: "leave out the white space around it", mended: "" },
  {
    sign: /^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)(?=\D|$)/i,
    advice: "write it with hyphens and colons, like 2026-01-05T08:00:00Z",
    mended: "$1-$2-$3T$4:$5:$6",
  },
  {
    sign: /^(\d{4})[/.](\d\d)[/.](\d\d)/,
    advice: "put hyphens between year, month and day",
    mended: "$1-$2-$3",
  },
  { sign: /^(\d{4}-\d\d-\d\d)[ _]+(?=\d)/, advice: 'put a "T" between date and time', mended: "$1T" },
  {
    sign: /^(\d{4}-\d\d-\d\d)$/,
    advice: "give it a time and a zone, like 2026-01-05T08:00:00Z",
    mended: "$1T00:00:00Z",
  },
  {
    sign: /^(.{10}T\d\d:\d\d)(?=$|[Zz+-]|\s)/i,
    advice: "write the seconds too, like 08:00:00",
    mended: "$1:00",
  },
  {
    sign: /(:\d\d),(?=\d)/,
    advice: "put a point before the fraction of a second, not a comma",
    mended: "$1.",
  },
  {
    sign: /\[[\w/+-]+\]$/,
    advice: "leave out the name of the zone in brackets",
    mended: "",
  },
  {
    sign: /(:\d\d(?:\.\d+)?)\s*(?:UTC|GMT)$/i,
    advice: 'write "Z" for UTC',
    mended: "$1Z",
  },
  {
    sign: /(:\d\d(?:\.\d+)?)\s*[A-Z]{3,5}$/i,
    advice: "write an offset like +02:00 in place of the zone's name",
    mended: "$1Z",
  },
  { sign: /(:\d\d(?:\.\d+)?)\s+(?=[Zz+-])/, advice: "leave out the blank before the offset", mended: "$1" },
  { sign: /([+-]\d\d):?(\d\d)?$/, advice: "write the offset as +hh:mm", mended: "$1:00" },
  {
    sign: /(T\d\d:\d\d:\d\d(?:\.\d+)?)$/i,
    advice:
      "it has no time zone: add Z or an offset like +02:00; new Date().toISOString() and Python's datetime.now(timezone.utc).isoformat() write one",
    mended: "$1Z",
  },
  {
    sign: /T24(?=:00:00)/i,
    advice: "write hour 24 as 00:00:00 of the next day",
    mended: "T00",
  },
];

/** Problems that remain once the syntax is right. */
const OUT_OF_RANGE: readonly (readonly [sign: RegExp, advice: string])[] = [
  [/^.{4}-02-29/, "there is no such day: only leap years have 29 February"],
  [/^.{11}(?:2[4-9]|[3-9]\d)/, "hours end at 23"],
  [/^.{14}[6-9]\d/, "minutes end at 59"],
  [/^.{17}60/, "only 23:59:60 UTC has a second 60"],
  [/^.{17}[6-9]\d/, "seconds end at 59"],
  [/[+-](?:2[4-9]|[3-9]\d):\d\d$|[+-]\d\d:[6-9]\d$/, "offsets end at 23:59"],
];

const SHAPE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;
const NO_DAY = "there is no such day in the calendar";
const EXAMPLE = "an example: 2025-11-30T10:15:30.000Z";
const OTHER_ORDER = "write the year first, as new Date().toISOString() does: 2025-11-30T10:15:30.000Z";

const NUMBER = /^\s*[+-]?\d{1,19}(?:\.\d{1,9})?\s*$/;
/** Year, month, day, hour, minute and second without separators. */
const COMPACT = /^(?:19|20)\d{12}$/;

/** Longer texts are not meant as times. */
const MAX_LENGTH = 64;

/**
 * Advice for a value that is not an RFC 3339 date-time. The text never contains the value: so equal advice groups,
 * and no input is echoed.
 */
export function dateTimeAdvice(value: unknown): string | undefined {
  if (typeof value === "number") return unixAdvice(value);
  if (typeof value !== "string") return undefined;
  if (NUMBER.test(value) && !COMPACT.test(value)) return unixAdvice(Number(value));
  if (value.length > MAX_LENGTH) return EXAMPLE;
  if (/^[A-Za-z]{3,9},?\s|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(value)) return OTHER_ORDER;
  return slipsIn(value) ?? EXAMPLE;
}

function slipsIn(value: string): string | undefined {
  const advice: string[] = [];
  let text = value;
  for (const slip of SLIPS) {
    if (instantOf(text) !== undefined) break;
    const mended = text.replace(slip.sign, slip.mended);
    if (mended === text) continue;
    text = mended;
    advice.push(slip.advice);
  }
  const range = rangeAdvice(text);
  if (range !== undefined) advice.push(range);
  return advice.length === 0 ? undefined : advice.join("; ");
}

function rangeAdvice(text: string): string | undefined {
  if (!SHAPE.test(text) || instantOf(text) !== undefined) return undefined;
  return OUT_OF_RANGE.find(([sign]) => sign.test(text))?.[1] ?? NO_DAY;
}

/** Detects the unit of a number since 1970 from its size: nobody logs times before 1973. */
const UNITS = [
  { least: 1e17, name: "nanoseconds", script: "value / 1e6", python: "value / 1e9" },
  { least: 1e14, name: "microseconds", script: "value / 1000", python: "value / 1e6" },
  { least: 1e11, name: "milliseconds", script: "value", python: "value / 1000" },
  { least: 1e8, name: "seconds", script: "value * 1000", python: "value" },
] as const;

function unixAdvice(value: number): string {
  const unit = UNITS.find(({ least }) => value >= least);
  if (unit === undefined) return `a number is no date-time, be it a Unix time or a count; ${EXAMPLE}`;
  return `it looks like a Unix time in ${unit.name}: write new Date(${unit.script}).toISOString(), or in Python datetime.fromtimestamp(${unit.python}, timezone.utc).isoformat()`;
}
