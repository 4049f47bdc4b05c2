import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { type Carrier, type Content, without } from "./carrier.js";

/** Log records of OpenTelemetry in OTLP's JSON: one line holds many of them. */
export const otlp: Carrier = {
  name: "otlp",
  inObject: (value) => {
    const resources = objectsIn(value.resourceLogs);
    const scopes = allOf(resources, "scopeLogs");
    const records = allOf(scopes, "logRecords");
    if (resources === undefined || scopes === undefined || records === undefined) return undefined;
    const rest = [
      without(value, "resourceLogs"),
      ...resources.map((resource) => without(resource, "scopeLogs")),
      ...scopes.map((scope) => without(scope, "logRecords")),
      ...records.map((record) => without(record, "body")),
    ];
    return { contents: records.flatMap(({ body }) => contentsOf(body)), rest, mayBeOther: true };
  },
};

function objectsIn(value: unknown): readonly JsonObject[] | undefined {
  return Array.isArray(value) && value.every(isJsonObject) ? value : undefined;
}

/** The objects listed under a name by all given objects; undefined if one of them does not follow OTLP. */
function allOf(objects: readonly JsonObject[] | undefined, name: string): readonly JsonObject[] | undefined {
  const lists = objects?.map((object) => objectsIn(object[name] ?? []));
  return lists?.includes(undefined) === false ? lists.flatMap((list) => list ?? []) : undefined;
}

const STRANGE = { missing: "a value as OTLP writes it, of at most 64 levels" } as const;

function contentsOf(body: unknown): Content[] {
  if (body === undefined || body === null) return [];
  const only = onlyMember(body);
  if (only === undefined) return [STRANGE];
  const [kind, value] = only;
  if (kind === "stringValue" && typeof value === "string") return [{ text: value }];
  if (kind === "bytesValue" && typeof value === "string") return [{ text: Buffer.from(value, "base64") }];
  const text = jsonOf(body, 0);
  return [text === undefined ? STRANGE : { text }];
}

/** An AnyValue has one member. A second one could hide content from us. */
function onlyMember(value: unknown): readonly [string, unknown] | undefined {
  const [first, second] = isJsonObject(value) ? Object.entries(value) : [];
  return second === undefined ? first : undefined;
}

/** Events are flat, so a small bound suffices; it keeps the recursion short. */
const MAX_LEVELS = 64;

/**
 * The JSON that an AnyValue stands for, with repeated keys repeated. Undefined if the value is not an AnyValue or
 * nests too deeply.
 */
function jsonOf(value: unknown, level: number): string | undefined {
  if (level > MAX_LEVELS) return undefined;
  const [kind, content] = onlyMember(value) ?? [];
  if (kind === "kvlistValue") return listOf(content, "{}", (pair) => memberOf(pair, level + 1));
  if (kind === "arrayValue") return listOf(content, "[]", (element) => jsonOf(element, level + 1));
  if (kind === "intValue" && typeof content === "string")
    return /^-?\d{1,19}$/.test(content) ? String(BigInt(content)) : undefined;
  const isScalar = kind !== undefined && SCALARS.includes(kind) && typeof content !== "object";
  return isScalar ? JSON.stringify(content) : undefined;
}

const SCALARS = ["stringValue", "boolValue", "intValue", "doubleValue", "bytesValue"];

function listOf(
  holder: unknown,
  [open = "", close = ""]: string,
  part: (each: unknown) => string | undefined,
): string | undefined {
  const [name, values] = onlyMember(holder) ?? ["values", []];
  if (name !== "values" || !Array.isArray(values)) return undefined;
  const parts = values.map(part);
  return parts.includes(undefined) ? undefined : open + parts.join() + close;
}

function memberOf(pair: unknown, level: number): string | undefined {
  if (!isJsonObject(pair) || typeof pair.key !== "string" || Object.keys(pair).length !== 2) return undefined;
  const value = jsonOf(pair.value, level);
  return value === undefined ? undefined : `${JSON.stringify(pair.key)}:${value}`;
}
