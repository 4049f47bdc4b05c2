import type { Defect } from "../model/defect.js";
import type { Rename } from "../model/subject.js";
import { enumHint } from "../spec/near-misses/enum-values.js";

/** A defect in words: what is wrong, and where it helps, what to do. Free of input values. */
export interface Wording {
  readonly message: string;
  readonly hint?: string;
}

const ARTICLES: Readonly<Record<string, string>> = {
  string: "a string",
  integer: "an integer",
  number: "a number",
  object: "an object",
  array: "an array",
  boolean: "true or false",
};

/**
 * Words one defect.
 *
 * @param name how the message calls the value, e.g. "event_id" or "tool_event status"
 * @param value the wrong value, looked at for the hint only
 * @param enumName the field's name in the table of enum hints, where it has one
 */
export function worded(defect: Defect, name: string, value: unknown, enumName?: string): Wording {
  const allowed = defect.allowed ?? [];
  switch (defect.problem) {
    case "missing":
      return { message: `${name} is missing` };
    case "misnamed":
      return { message: `${name} lacks its fields, or has them under other names` };
    case "type":
      return {
        message: `${name} is not ${allowed.map((type) => ARTICLES[type] ?? type).join(" or ") || "a string"}`,
      };
    case "empty":
      return { message: `${name} is empty` };
    case "const":
    case "enum":
      return enumWording(name, value, allowed, enumName);
    case "not-uuid":
      return {
        message: `${name} is not a UUID`,
        hint: "a UUID v4 is needed, like 3b0d4a52-5f0c-4c1e-9c57-0c1f6f0f8a11",
      };
    case "not-uuid-v4":
      return { message: `${name} is a UUID, but not of version 4`, ...uuidHint(value) };
    case "not-date-time":
      return { message: `${name} is not an RFC 3339 date-time`, ...dateTimeHint(value) };
    case "not-email":
      return { message: `${name} is not an e-mail address by the schema's format` };
    case "not-uri":
      return { message: `${name} is not an absolute URI` };
    case "pattern":
      return patternWording(name, value);
    case "minimum":
      return { message: `${name} is less than ${allowed.join()}` };
    case "maximum":
      return { message: `${name} is more than ${allowed.join()}` };
    case "unknown-property":
      return { message: `${name} is not a property of the schema` };
    case "other":
      return { message: `${name} is not allowed by the schema (${allowed.join()})` };
  }
}

/** What to rename, for a hint: the names that are there are known to be plain words. */
export function renaming(renames: readonly Rename[]): string {
  return `rename ${renames.map(({ field, found }) => `${found} to ${field}`).join(", ")}`;
}

/** A hint in parts; none where there are none. */
export function hinted(...parts: readonly (string | false)[]): { readonly hint?: string } {
  const said = parts.filter((part) => part !== false);
  return said.length === 0 ? {} : { hint: said.join(" ") };
}

function enumWording(name: string, value: unknown, allowed: readonly string[], enumName?: string): Wording {
  const hint = enumHint(enumName ?? name, value, allowed);
  return { message: `${name} is not one of ${allowed.join(", ")}`, ...(hint !== undefined && { hint }) };
}

function uuidHint(value: unknown): { hint?: string } {
  if (typeof value !== "string") return {};
  if (value.toLowerCase().startsWith("urn:")) return { hint: "write it without the urn:uuid: prefix" };
  return { hint: 'the 15th character must be "4" and the 20th one of 8, 9, a, b' };
}

function dateTimeHint(value: unknown): { hint?: string } {
  if (typeof value !== "string") return {};
  if (/^\d{4}-\d\d-\d\d \d\d:/.test(value)) return { hint: 'put a "T" between date and time' };
  if (/[+-]\d\d:?(\d\d)?$/.test(value.slice(11)) && !/[+-]\d\d:\d\d$/.test(value)) {
    return { hint: "write the offset as +hh:mm" };
  }
  if (/T\d\d:\d\d(:\d\d(\.\d+)?)?$/i.test(value))
    return { hint: "it has no time zone: add Z or an offset like +02:00" };
  if (/^\d+(\.\d+)?$/.test(value))
    return { hint: "it looks like a Unix time: write it as 2025-11-30T10:15:30Z" };
  return { hint: "an example: 2025-11-30T10:15:30.000Z" };
}

function patternWording(name: string, value: unknown): Wording {
  if (typeof value === "string" && value !== value.toLowerCase()) {
    return {
      message: `${name} is not in lower case`,
      hint: "lower-case it: the schema's pattern allows no capitals",
    };
  }
  return { message: `${name} is not a lower-case UUID v4` };
}
