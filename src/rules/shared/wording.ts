import type { Defect } from "../../model/defect.js";
import type { Rename } from "../../model/subject.js";
import { dateTimeAdvice } from "../../protocol/near-misses/date-times.js";
import { enumHint } from "../../protocol/near-misses/enum-values.js";
import { isUuidUrn, uuidAdvice, VERSION_ADVICE } from "../../protocol/near-misses/uuids.js";

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
        ...advised(typeAdvice(defect, value)),
      };
    case "empty":
      return { message: `${name} is empty` };
    case "const":
    case "enum":
      return enumWording(name, value, allowed, enumName);
    case "not-uuid":
      return { message: `${name} is not a UUID`, hint: uuidAdvice(value) };
    case "not-uuid-v4":
      return isUuidUrn(value)
        ? { message: `${name} is a UUID as a URN`, hint: uuidAdvice(value) }
        : { message: `${name} is a UUID, but not of version 4`, hint: VERSION_ADVICE };
    case "not-date-time":
      return { message: `${name} is not an RFC 3339 date-time`, ...advised(dateTimeAdvice(value)) };
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

/** Hint about members to rename. The found names are known to be plain words. */
export function renaming(renames: readonly Rename[]): string {
  return `rename ${renames.map(({ field, found }) => `${found} to ${field}`).join(", ")}`;
}

/** A number in quotes. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

function typeAdvice({ field, allowed = [] }: Defect, value: unknown): string | undefined {
  if (value === null)
    return "it is null: write a value, or leave the member out where the schema does not ask for it";
  const isNumber = allowed.includes("integer") || allowed.includes("number");
  if (isNumber && typeof value === "string" && NUMBER.test(value)) return "write the number without quotes";
  if (allowed.includes("object") && typeof value === "string" && value.startsWith("{"))
    return "write the object itself, not its JSON in a string";
  return TIME.test(field) ? dateTimeAdvice(value) : undefined;
}

/** The fields that hold times. */
const TIME = /(?:^|\/)(?:timestamp|\w+_at)$/;

function advised(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}

/** A hint made of parts; undefined without parts. */
export function hinted(...parts: readonly (string | false)[]): { readonly hint?: string } {
  const said = parts.filter((part) => part !== false);
  return said.length === 0 ? {} : { hint: said.join(" ") };
}

function enumWording(name: string, value: unknown, allowed: readonly string[], enumName?: string): Wording {
  const hint = enumHint(enumName ?? name, value, allowed);
  return { message: `${name} is not one of ${allowed.join(", ")}`, ...(hint !== undefined && { hint }) };
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
