import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { load } from "js-yaml";
import { ROOT } from "../../support/fixtures.js";
import { instantOf } from "./instants.js";
import type { Members } from "./json.js";

/** An objection to one member of an object. An empty name stands for the object itself. */
export interface Objection {
  readonly member: string;
  readonly level: "MUST" | "SHOULD";
  /** True if the member is missing, or not allowed; a missing one may be there under the name of the other. */
  readonly isMissing?: boolean;
  readonly isExtra?: boolean;
}

/** An invariant as the YAML files have it. */
export interface Invariant {
  readonly id: string;
  readonly scope: string;
  readonly path: string;
  readonly rule: string;
  readonly when?: { readonly field: string; readonly equals?: string };
}

/** The schemas by the names of their files, and the invariants. */
export interface Texts {
  readonly schemas: Readonly<Record<string, Record<string, unknown>>>;
  readonly invariants: readonly Invariant[];
}

const SCHEMAS = {
  core: "events/mplp-event-core",
  graph_update: "events/mplp-graph-update-event",
  pipeline_stage: "events/mplp-pipeline-stage-event",
  runtime_execution: "events/mplp-runtime-execution-event",
  sa: "events/mplp-sa-event",
  map: "events/mplp-map-event",
  tool_event: "integration/mplp-tool-event",
  file_update_event: "integration/mplp-file-update-event",
  git_event: "integration/mplp-git-event",
  ci_event: "integration/mplp-ci-event",
};

/** A name of a schema. */
export type SchemaName = keyof typeof SCHEMAS;

/** Reads the schemas and invariants of this project. */
export function readTexts(): Texts {
  const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
  const schemas = Object.entries(SCHEMAS).map(([name, path]) => [
    name,
    JSON.parse(read(`schemas/${path}.schema.json`)),
  ]);
  const invariants = ["observability", "integration"].flatMap(
    (name) => (load(read(`invariants/${name}-invariants.yaml`)) as { invariants: Invariant[] }).invariants,
  );
  return { schemas: Object.fromEntries(schemas), invariants };
}

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export const isUuidV4 = (value: unknown): boolean => typeof value === "string" && UUID_V4.test(value);
export const isFilled = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** What the word before the bracket of a rule means; the words in the bracket are those of an enum. */
const TESTS: Readonly<Record<string, (value: unknown, words: readonly string[]) => boolean>> = {
  "uuid-v4": isUuidV4,
  "non-empty-string": isFilled,
  "iso-datetime": (value) => instantOf(value) !== undefined,
  enum: (value, words) => typeof value === "string" && words.includes(value),
};

/** A test of the objects of a scope: true if one keeps the invariant. */
function testOf({ path, rule, when }: Invariant): (value: Members) => boolean {
  const [, word = "", list = ""] = /^([\w-]+)(?:\((.*)\))?$/.exec(rule) ?? [];
  const words = list.split(",");
  const test = TESTS[word];
  if (test === undefined) throw new Error(`there is no test for the rule ${rule}`);
  return (value) => {
    const field = when === undefined ? undefined : value[when.field];
    const isExempt = when !== undefined && (field === undefined || (when.equals ?? field) !== field);
    return isExempt || test(value[path], words);
  };
}

/** The member that an error of ajv is about, and its level: formats other than uuid and date-time are annotations. */
function objectionOf({ instancePath, keyword, params }: ErrorObject): Objection {
  const [, first] = instancePath.split("/");
  const name = first?.replaceAll("~1", "/").replaceAll("~0", "~");
  const member = name ?? params.missingProperty ?? params.additionalProperty ?? "";
  const isAnnotation = keyword === "format" && !["uuid", "date-time"].includes(params.format as string);
  const level = isAnnotation ? "SHOULD" : "MUST";
  return { member, level, isMissing: keyword === "required", isExtra: keyword === "additionalProperties" };
}

/** Asks what schemas and invariants object to. */
export interface Protocol {
  bySchema(name: SchemaName, value: unknown): Objection[];
  byInvariants(scope: string, value: Members, paths?: readonly string[]): Objection[];
}

/** Schemas and invariants that can be asked. */
export function protocolOf({ schemas, invariants }: Texts): Protocol {
  // No double holds 1e400 (RFC 7493, section 2.2): it is neither a number nor an integer that a reader could use.
  const ajv = formats.default(new Ajv({ strict: false, strictNumbers: true, allErrors: true }));
  // That of the package takes blanks and +0100.
  ajv.addFormat("date-time", (text: string) => instantOf(text) !== undefined);
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  const validators = Object.fromEntries(
    Object.entries(schemas).map(([name, { $id }]) => [name, ajv.getSchema($id as string)]),
  ) as Record<SchemaName, ValidateFunction>;
  const tests = new Map<string, { path: string; isKept(value: Members): boolean }[]>();
  for (const each of invariants)
    tests.set(each.scope, [...(tests.get(each.scope) ?? []), { path: each.path, isKept: testOf(each) }]);
  return {
    bySchema: (name, value) =>
      validators[name](value) ? [] : (validators[name].errors ?? []).map(objectionOf),
    byInvariants: (scope, value, paths) =>
      (tests.get(scope) ?? [])
        .filter(({ path, isKept }) => (paths?.includes(path) ?? true) && !isKept(value))
        .map(({ path }) => ({ member: path, level: "MUST" as const })),
  };
}
