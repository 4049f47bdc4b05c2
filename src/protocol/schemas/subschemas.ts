import { isJsonObject, type JsonObject } from "../../model/subject.js";

/**
 * Keywords of draft-07 that hold one schema, several, or several by name. Those in the first row apply to the same
 * value.
 */
const SAME_VALUE = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependencies"];
const OTHER_VALUES = [
  "additionalItems",
  "additionalProperties",
  "contains",
  "items",
  "propertyNames",
  "definitions",
  "$defs",
  "patternProperties",
  "properties",
];
const BY_NAME: ReadonlySet<string> = new Set([
  "definitions",
  "$defs",
  "dependencies",
  "patternProperties",
  "properties",
]);

/** A schema within a file, with the base of its references. */
export interface Subschema {
  readonly schema: JsonObject;
  readonly base: string;
}

/** A schema and all schemas in it; `base` is the URI of the outermost one. */
export function subschemasOf(root: unknown, base: string): Subschema[] {
  const found: Subschema[] = [];
  const open: { value: unknown; base: string }[] = [{ value: root, base }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value } = next;
    if (!isJsonObject(value)) continue;
    const own = uriOf(value.$id, next.base) ?? next.base;
    found.push({ schema: value, base: own });
    for (const inner of held(value, [...SAME_VALUE, ...OTHER_VALUES])) open.push({ value: inner, base: own });
  }
  return found;
}

/** The schemas that apply to the same value, without references. */
export function partsOf(schema: JsonObject): unknown[] {
  return held(schema, SAME_VALUE);
}

function held(schema: JsonObject, keywords: readonly string[]): unknown[] {
  return keywords.flatMap((keyword) => {
    const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
    if (Array.isArray(value)) return value as unknown[];
    return isJsonObject(value) && BY_NAME.has(keyword) ? Object.values(value) : [value];
  });
}

/** A reference as a complete URI; undefined if the reference is invalid. */
export function uriOf(reference: unknown, base: string): string | undefined {
  if (typeof reference !== "string" || !URL.canParse(reference, base)) return undefined;
  return new URL(reference, base).href;
}
