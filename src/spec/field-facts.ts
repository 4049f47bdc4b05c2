import { isJsonObject, type JsonObject } from "../model/subject.js";

/** What a JSON Schema makes sure of about one member of an object that it accepts. */
export interface FieldFacts {
  readonly isRequired: boolean;
  readonly isString: boolean;
  readonly format?: string;
  /** Undefined where other values pass too. */
  readonly values?: readonly unknown[];
}

/** By the names of members. */
export type SchemaFacts = Readonly<Record<string, FieldFacts>>;

/**
 * Reads what a schema makes sure of about the members that it speaks of: from its own keywords and those it takes
 * in by `allOf` and `$ref`, none of which can loosen another.
 *
 * @param resolve finds a schema by its reference; undefined where that is not there
 */
export function factsOf(schema: unknown, resolve: (reference: string) => unknown): SchemaFacts {
  const parts = [...conjuncts(schema, resolve, MAX_PARTS)];
  const names = parts.flatMap(({ properties }) => (isJsonObject(properties) ? Object.keys(properties) : []));
  return Object.fromEntries([...new Set(names)].map((name) => [name, factsAbout(name, parts, resolve)]));
}

function factsAbout(
  field: string,
  parts: readonly JsonObject[],
  resolve: (reference: string) => unknown,
): FieldFacts {
  const own = parts.flatMap(({ properties }) => {
    const member =
      isJsonObject(properties) && Object.hasOwn(properties, field) ? properties[field] : undefined;
    return [...conjuncts(member, resolve, MAX_PARTS)];
  });
  const format = own.find((part) => typeof part.format === "string")?.format;
  const values = own.map(valuesOf).find((list) => list !== undefined);
  return {
    isRequired: parts.some(({ required }) => Array.isArray(required) && required.includes(field)),
    isString: own.some(({ type }) => type === "string"),
    ...(typeof format === "string" && { format }),
    ...(values !== undefined && { values }),
  };
}

/** References may go round in circles. */
const MAX_PARTS = 100;

function* conjuncts(
  schema: unknown,
  resolve: (reference: string) => unknown,
  most: number,
): Generator<JsonObject> {
  if (!isJsonObject(schema) || most <= 0) return;
  // Before draft 2019-09 nothing counts beside a reference.
  if (typeof schema.$ref === "string") {
    yield* conjuncts(resolve(schema.$ref), resolve, most / 2);
    return;
  }
  yield schema;
  const all = Array.isArray(schema.allOf) ? schema.allOf : [];
  for (const part of all) yield* conjuncts(part, resolve, most / 2);
}

function valuesOf(schema: JsonObject): readonly unknown[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum;
  return "const" in schema ? [schema.const] : undefined;
}
