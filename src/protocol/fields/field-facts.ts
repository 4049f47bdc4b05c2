import { isJsonObject, type JsonObject } from "../../model/subject.js";

/** What a JSON Schema guarantees about one member of an accepted object. */
export interface FieldFacts {
  readonly isRequired: boolean;
  readonly isString: boolean;
  readonly format?: string;
  /** Undefined if the schema does not enumerate the values. */
  readonly values?: readonly unknown[];
}

/** By member name. */
export type SchemaFacts = Readonly<Record<string, FieldFacts>>;

/**
 * What a schema guarantees about its members, from its own keywords and from `allOf` and `$ref`. Each of these can
 * only narrow the others.
 *
 * @param resolve finds a schema by its reference; undefined if it is missing
 */
export function factsOf(schema: unknown, resolve: (reference: string) => unknown): SchemaFacts {
  const parts = conjuncts(schema, resolve);
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
    return conjuncts(member, resolve);
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

/** Counts each schema once, however often it is included; references may form a circle. */
function conjuncts(schema: unknown, resolve: (reference: string) => unknown): JsonObject[] {
  const found = new Set<JsonObject>();
  const add = (part: unknown): void => {
    if (isJsonObject(part)) found.add(part);
  };
  add(schema);
  for (const { $ref, allOf } of found) {
    if (typeof $ref === "string") add(resolve($ref));
    else if (Array.isArray(allOf)) for (const part of allOf) add(part);
  }
  // Before draft 2019-09, validators ignore keywords beside a reference.
  return [...found].filter(({ $ref }) => typeof $ref !== "string");
}

function valuesOf(schema: JsonObject): readonly unknown[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum;
  return "const" in schema ? [schema.const] : undefined;
}
