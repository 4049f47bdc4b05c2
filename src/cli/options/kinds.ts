import { InvalidArgumentError } from "commander";
import {
  DIFF_FORMAT_NAMES,
  FORCED_KINDS,
  FORMAT_NAMES,
  type ForcedKind,
  type FormatName,
  MOST_NEIGHBOURS,
  MOST_PARTITIONS,
  SELFTEST_FORMAT_NAMES,
  STATS_FORMAT_NAMES,
  TREND_FORMAT_NAMES,
} from "../../index.js";
import { CARRIER_NOUNS, isCarrierName, type Unwrap } from "../../model/carriers.js";
import { MOST_PARTS, type Part } from "../../model/part.js";
import { allChosen, chosen, positive } from "../parse.js";
import type { OutputPlacing } from "./placing.js";

/** What kind of value an option has. One without `value` and `parse` is a switch: it is there, or not. */
export interface Kind<Value> {
  /** What stands for the value in the help. */
  readonly value?: string;
  /** What help and completion list. */
  readonly choices?: readonly string[];
  /** Says in the help that the option may come several times; its values are then gathered. */
  readonly repeats?: string;
  /** True if it names files: those of a configuration are relative to its folder. */
  readonly isPath?: true;
  /** True if a run may write the file. */
  readonly isWritten?: true;
  /** A value in a configuration, as JSON Schema; none where no setting is of this kind. */
  readonly schema?: object;
  /**
   * Reads a text of the command line, the environment or a configuration.
   *
   * @param earlier what the texts before it came to
   * @throws InvalidArgumentError where it can make nothing of the text
   */
  parse?(text: string, earlier?: Value): Value;
}

export const SWITCH: Kind<boolean> = { schema: { type: "boolean" } };

/** A switch that takes the value of another option away. */
export const OFF: Kind<false> = {};

export const WHOLE_NUMBER: Kind<number> = {
  value: "n",
  schema: { type: "integer", minimum: 1 },
  parse: positive,
};

export const NEIGHBOURS: Kind<number> = {
  value: "n",
  schema: { type: "integer", minimum: 0, maximum: MOST_NEIGHBOURS },
  parse: neighbours,
};

export const PARTITIONS: Kind<number> = { value: "n", parse: partitions };

export const PART: Kind<Part> = { value: "i/n", parse: part };

export const SIZE: Kind<number> = {
  value: "size",
  schema: { type: ["integer", "string"] },
  parse: byteSize,
};

export const TITLE: Kind<string> = {
  value: "text",
  schema: { type: "string", minLength: 1, maxLength: 200 },
  parse: title,
};

export const DATE: Kind<string> = { value: "date", parse: date };

/** In milliseconds. */
export const DURATION: Kind<number> = { value: "time", parse: duration };

export const PORT: Kind<number> = { value: "n", parse: port };

export const UNWRAP: Kind<Unwrap> = {
  value: "what",
  schema: {
    anyOf: [
      { enum: ["auto", "none", ...Object.keys(CARRIER_NOUNS)] },
      { type: "string", pattern: "^/(?:[^~]|~[01])*$" },
    ],
  },
  parse: unwrapping,
};

export const KIND_AND_PATH: Kind<Readonly<Record<string, ForcedKind>>> = {
  value: "kind:path",
  repeats: "repeatable",
  parse: kindAndPath,
};

export const FORMAT = formatOf(FORMAT_NAMES);

export const DIFF_FORMAT = formatOf(DIFF_FORMAT_NAMES);

export const TREND_FORMAT = formatOf(TREND_FORMAT_NAMES);
export const SELFTEST_FORMAT = formatOf(SELFTEST_FORMAT_NAMES);

export const STATS_FORMAT = formatOf(STATS_FORMAT_NAMES);

export const OUTPUT: Kind<OutputPlacing> = {
  value: "file",
  parse: (file, earlier = []) => [...earlier, { file }],
};

function formatOf(names: readonly FormatName[]): Kind<OutputPlacing> {
  return {
    value: "name",
    choices: names,
    parse: (name, earlier = []) => [...earlier, { format: chosen(names, name) }],
  };
}

export function text(value: string): Kind<string> {
  return { value, schema: { type: "string", minLength: 1 }, parse: (given) => given };
}

export function path(value: string): Kind<string> {
  return { ...text(value), isPath: true };
}

export function written(value: string): Kind<string> {
  return { ...path(value), isWritten: true };
}

export function paths(value: string): Kind<readonly string[]> {
  return {
    value,
    repeats: "repeatable",
    isPath: true,
    schema: { $ref: "#/definitions/paths" },
    parse: (given, earlier = []) => [...earlier, given],
  };
}

export function oneOf<Name extends string>(value: string, choices: readonly Name[]): Kind<Name> {
  return { value, choices, schema: { enum: choices }, parse: (given) => chosen(choices, given) };
}

export function listOf<Name extends string>(value: string, choices: readonly Name[]): Kind<readonly Name[]> {
  return {
    value,
    choices,
    repeats: `repeatable, or a list: ${choices.join(",")}`,
    schema: { anyOf: [{ enum: choices }, { type: "array", items: { enum: choices } }] },
    parse: (given, earlier = []) => [...new Set([...earlier, ...allChosen(choices, given)])],
  };
}

function kindAndPath(
  given: string,
  earlier: Readonly<Record<string, ForcedKind>> = {},
): Readonly<Record<string, ForcedKind>> {
  const kind = FORCED_KINDS.find((known) => given.startsWith(`${known}:`));
  const file = kind === undefined ? "" : given.slice(kind.length + 1);
  if (kind === undefined || file === "")
    throw new InvalidArgumentError(`It must be KIND:PATH, with a KIND of ${FORCED_KINDS.join(", ")}.`);
  return { ...earlier, [file]: kind };
}

function part(given: string): Part {
  const [, number, of] = /^(\d{1,7})\/(\d{1,7})$/.exec(given)?.map(Number) ?? [];
  if (number === undefined || of === undefined || number < 1 || of > MOST_PARTS || number > of)
    throw new InvalidArgumentError("It must be a part and the number of parts, such as 3/8.");
  return { number, of };
}

function partitions(given: string): number {
  const number = positive(given);
  if (number > MOST_PARTITIONS)
    throw new InvalidArgumentError(`There are no more than ${MOST_PARTITIONS} partitions.`);
  return number;
}

function unwrapping(given: string): Unwrap {
  if (given === "auto" || given === "none" || isCarrierName(given)) return given;
  if (given.length <= 1000 && /^\/(?:[^~]|~[01])*$/s.test(given)) return given as `/${string}`;
  const names = Object.keys(CARRIER_NOUNS).join(", ");
  throw new InvalidArgumentError(`It must be auto, none, ${names}, or a JSON pointer such as /detail.`);
}

function neighbours(given: string): number {
  const number = Number(given);
  if (!/^\d{1,2}$/.test(given) || number > MOST_NEIGHBOURS)
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${MOST_NEIGHBOURS}.`);
  return number;
}

/** Longer titles do not fit on a page. */
const LONGEST_TITLE = 200;

function title(given: string): string {
  const text = given.trim();
  if (text === "" || text.length > LONGEST_TITLE)
    throw new InvalidArgumentError(`It must be a text of up to ${LONGEST_TITLE} characters.`);
  return text;
}

const ISO_DATE =
  /^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

function date(given: string): string {
  const [, day = ""] = ISO_DATE.exec(given) ?? [];
  // A day that no calendar has comes back as another one.
  const midnight = new Date(`${day}T00:00:00Z`);
  if (!Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)) return given;
  throw new InvalidArgumentError(
    "It must be a day, such as 2026-11-29, or a time with its offset, such as 2026-11-29T14:30Z.",
  );
}

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** The longest time that a timer can wait for: a little more than 596 hours. */
const LONGEST = 2 ** 31 - 1;

function duration(given: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,15}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(given.trim()) ?? [];
  const time = Math.round(Number(digits) * (MILLISECONDS[unit] ?? Number.NaN));
  if (digits === "") throw new InvalidArgumentError("It must be a time, such as 500ms, 60s or 5m.");
  if (time < 1 || time > LONGEST) throw new InvalidArgumentError("It must be a time from 1ms to 596h.");
  return time;
}

function port(given: string): number {
  const number = Number(given);
  if (!/^\d{1,5}$/.test(given) || number > 65_535)
    throw new InvalidArgumentError("It must be a port, from 0 to 65535.");
  return number;
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9 };

function byteSize(given: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,15}(?:\.\d{1,3})?)([KMG]?)B?$/i.exec(given) ?? [];
  const bytes = Math.floor(Number(digits) * (UNITS[unit.toUpperCase()] ?? Number.NaN));
  if (digits === "" || bytes < 1)
    throw new InvalidArgumentError("It must be a size, such as 500MB or 4GB; there are KB, MB and GB.");
  return bytes;
}
