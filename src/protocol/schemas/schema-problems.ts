import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { linearPattern } from "./linear-pattern.js";
import { SchemaReferences } from "./schema-references.js";
import { ProtocolError, type ProtocolFile, SCHEMA_FILES } from "./schemas.js";
import { partsOf } from "./subschemas.js";

/** References of later drafts of JSON Schema, which draft-07 would silently ignore. */
const LATER_REFERENCES = ["$dynamicRef", "$recursiveRef"];

/** A schema that validators know already. */
const DRAFT = /^https?:\/\/json-schema\.org\/draft-07\/schema/;

const NEEDED: ReadonlySet<string> = new Set(Object.values(SCHEMA_FILES));

/**
 * Refuses schemas that compile but cannot run: patterns without a time bound, dangling references, references in a
 * circle that never reaches another value, and references of later drafts. Schemas that a check does not use may
 * hold anything.
 *
 * @throws ProtocolError naming the file
 */
export function refuseUnusable(files: readonly ProtocolFile[]): void {
  const targets = new SchemaReferences(files);
  const needed = new Set(
    files.filter(({ name }) => NEEDED.has(name)).flatMap((file) => targets.within(file.content)),
  );
  const ended = new Set<unknown>();
  for (const schema of needed) {
    refuseKeywords(targets.pathOf(schema), schema);
    const target = targetOf(schema, targets);
    if (target !== undefined && !needed.has(target))
      for (const inner of targets.within(target)) needed.add(inner);
  }
  for (const schema of needed) {
    if (goesRound(schema, targets, ended))
      throw new ProtocolError(
        `${targets.pathOf(schema)}: a $ref leads back to its own schema for the same value, without end: remove it, or put it under a member`,
      );
  }
}

function targetOf(schema: JsonObject, targets: SchemaReferences): JsonObject | undefined {
  const { $ref } = schema;
  const target = targets.of(schema);
  if (typeof $ref === "string" && target === undefined && !DRAFT.test($ref))
    throw new ProtocolError(
      `${targets.pathOf(schema)}: $ref ${shown($ref)} leads to no schema of this folder, and nothing is fetched from elsewhere`,
    );
  return target;
}

function refuseKeywords(path: string, schema: JsonObject): void {
  const later = LATER_REFERENCES.find((keyword) => Object.hasOwn(schema, keyword));
  if (later !== undefined)
    throw new ProtocolError(`${path}: ${later} is not known to JSON Schema draft-07; use $ref`);
  const named = isJsonObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : [];
  const own = typeof schema.pattern === "string" ? [schema.pattern] : [];
  for (const pattern of [...own, ...named]) {
    try {
      linearPattern(pattern);
    } catch (error) {
      throw new ProtocolError(`${path}: the pattern ${shown(pattern)} cannot be used: ${messageOf(error)}`);
    }
  }
}

const SHOWN = 200;

function shown(pattern: string): string {
  return JSON.stringify(pattern.length > SHOWN ? `${pattern.slice(0, SHOWN)}…` : pattern);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * True if validating a value against a schema leads back to the same value and the same schema.
 *
 * @param ended schemas known to end; the function adds those that it finds
 */
function goesRound(start: JsonObject, targets: SchemaReferences, ended: Set<unknown>): boolean {
  const path = new Set<unknown>();
  const open: { readonly schema: unknown; readonly next: unknown[] }[] = [];
  const enter = (schema: unknown): void => {
    if (!isJsonObject(schema) || ended.has(schema)) return;
    path.add(schema);
    open.push({ schema, next: [...partsOf(schema), targets.of(schema)] });
  };
  enter(start);
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const next = last.next.pop();
    if (path.has(next)) return true;
    if (next !== undefined) enter(next);
    else if (last.next.length === 0) {
      path.delete(last.schema);
      ended.add(last.schema);
      open.pop();
    }
  }
  return false;
}
