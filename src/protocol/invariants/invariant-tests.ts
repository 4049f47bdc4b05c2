import type { Problem } from "../../model/defect.js";
import { isDateTime, isUuid, isUuidV4 } from "../fields/formats.js";
import type { Invariant } from "./invariant.js";

/** What a rule of an invariant asks of a value. */
export type Test = Pick<Invariant, "objection" | "allowed" | "isProvedBy">;

/** The rule words: uuid-v4, non-empty-string, iso-datetime, exists, optional-string, enum(...), min-length(n). */
export function compileRule(rule: unknown): Test | undefined {
  if (typeof rule !== "string") return undefined;
  const call = /^([a-z0-9-]+)\((.*)\)$/.exec(rule);
  return call === null ? plainTest(rule) : testWithArgument(call[1] ?? "", call[2] ?? "");
}

function plainTest(word: string): Test | undefined {
  switch (word) {
    case "uuid-v4":
      return {
        objection: onString((text) =>
          isUuidV4(text) ? undefined : isUuid(text) ? "not-uuid-v4" : "not-uuid",
        ),
      };
    case "non-empty-string":
      return { objection: onString((text) => (text.trim() === "" ? "empty" : undefined)) };
    case "iso-datetime":
      return {
        objection: onString((text) => (isDateTime(text) ? undefined : "not-date-time")),
        isProvedBy: ({ isRequired, isString, format }) => isRequired && isString && format === "date-time",
      };
    case "exists":
      return {
        objection: (value) => (value === undefined ? "missing" : undefined),
        isProvedBy: ({ isRequired }) => isRequired,
      };
    case "optional-string":
      return {
        objection: (value) => (value === undefined || typeof value === "string" ? undefined : "type"),
      };
    default:
      return undefined;
  }
}

function testWithArgument(word: string, argument: string): Test | undefined {
  if (word === "enum" && argument.trim() !== "")
    return enumTest(argument.split(",").map((value) => value.trim()));
  return word === "min-length" && /^\d+$/.test(argument) ? minLengthTest(Number(argument)) : undefined;
}

function onString(test: (text: string) => Problem | undefined): (value: unknown) => Problem | undefined {
  return (value) => {
    if (typeof value === "string") return test(value);
    return value === undefined ? "missing" : "type";
  };
}

function enumTest(allowed: readonly string[]): Test {
  const set: ReadonlySet<string> = new Set(allowed);
  return {
    allowed,
    objection: onString((text) => (set.has(text) ? undefined : "enum")),
    isProvedBy: ({ isRequired, values }) =>
      isRequired && values?.every((value) => set.has(value as string)) === true,
  };
}

function minLengthTest(length: number): Test {
  return {
    allowed: [String(length)],
    objection: (value) => {
      if (value === undefined) return "missing";
      if (typeof value !== "string" && !Array.isArray(value)) return "type";
      return value.length >= length ? undefined : "other";
    },
  };
}
