import type { ErrorObject } from "ajv";
import type { Problem } from "../../model/defect.js";
import { escapeSegment } from "../../model/pointer.js";
import type { JsonObject } from "../../model/subject.js";
import type { SchemaFacts } from "../fields/field-facts.js";

/** The schemas that a log check needs, by the base names of the official `schemas/v2` layout. */
export const SCHEMA_FILES = {
  core: "mplp-event-core.schema.json",
  graph_update: "mplp-graph-update-event.schema.json",
  pipeline_stage: "mplp-pipeline-stage-event.schema.json",
  runtime_execution: "mplp-runtime-execution-event.schema.json",
  sa: "mplp-sa-event.schema.json",
  map: "mplp-map-event.schema.json",
  tool_event: "mplp-tool-event.schema.json",
  file_update_event: "mplp-file-update-event.schema.json",
  git_event: "mplp-git-event.schema.json",
  ci_event: "mplp-ci-event.schema.json",
  sample: "mplp-learning-sample-core.schema.json",
  intent_resolution: "mplp-learning-sample-intent.schema.json",
  delta_impact: "mplp-learning-sample-delta.schema.json",
} as const;

export type SchemaName = keyof typeof SCHEMA_FILES;

/** A schema or invariant file as read: its path for messages, its base name, its parsed content. */
export interface ProtocolFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly content: unknown;
}

/** Thrown if the protocol files are not usable; the message names the file. */
export class ProtocolError extends Error {}

/** One complaint of a schema; its field belongs to the checked object. */
export interface SchemaComplaint {
  readonly pointer: string;
  readonly problem: Problem;
  readonly allowed?: readonly string[];
}

export interface CompiledSchema {
  /** All complaints of the schema about an object; empty if it conforms. */
  complaints(value: JsonObject): readonly SchemaComplaint[];
  /** Guarantees about the members of a conforming object, by name. */
  readonly facts: SchemaFacts;
}

export type CompiledSchemas = Readonly<Record<SchemaName, CompiledSchema>>;

/** ajv's function for a schema, compiled here or at build time; `errors` are those of the latest call. */
export interface Validator {
  (value: unknown): unknown;
  errors?: readonly SchemaError[] | null;
}

/** The part of ajv's errors that we use. */
type SchemaError = Pick<ErrorObject, "keyword" | "instancePath" | "params">;

/** Calls `make` for each schema that a log check needs. */
export function ofEachSchema<T>(make: (name: SchemaName) => T): Record<SchemaName, T> {
  return {
    core: make("core"),
    graph_update: make("graph_update"),
    pipeline_stage: make("pipeline_stage"),
    runtime_execution: make("runtime_execution"),
    sa: make("sa"),
    map: make("map"),
    tool_event: make("tool_event"),
    file_update_event: make("file_update_event"),
    git_event: make("git_event"),
    ci_event: make("ci_event"),
    sample: make("sample"),
    intent_resolution: make("intent_resolution"),
    delta_impact: make("delta_impact"),
  };
}

const NONE: readonly SchemaComplaint[] = [];

/** Wraps a validator so that it reports our complaints instead of ajv's errors. */
export function compiledSchema(validate: Validator, facts: SchemaFacts): CompiledSchema {
  return {
    facts,
    complaints: (value) => (validate(value) === true ? NONE : (validate.errors ?? []).flatMap(complaint)),
  };
}

const FORMAT_PROBLEMS: Readonly<Record<string, Problem>> = {
  uuid: "not-uuid",
  "date-time": "not-date-time",
  email: "not-email",
  uri: "not-uri",
};

/** Keywords that only repeat the complaints of their parts. */
const APPLICATORS: ReadonlySet<string> = new Set(["allOf", "if", "$ref"]);

function complaint(error: SchemaError): SchemaComplaint[] {
  if (APPLICATORS.has(error.keyword)) return [];
  const pointer = error.instancePath;
  const params: Record<string, unknown> = error.params;
  switch (error.keyword) {
    case "required":
      return [{ pointer: `${pointer}/${escapeSegment(String(params.missingProperty))}`, problem: "missing" }];
    case "additionalProperties":
      return [
        {
          pointer: `${pointer}/${escapeSegment(String(params.additionalProperty))}`,
          problem: "unknown-property",
        },
      ];
    case "type":
      return [{ pointer, problem: "type", allowed: [params.type].flat().map(String) }];
    case "enum":
      return [
        { pointer, problem: "enum", allowed: (params.allowedValues as readonly unknown[]).map(String) },
      ];
    case "const":
      return [{ pointer, problem: "const", allowed: [String(params.allowedValue)] }];
    case "format":
      return [
        {
          pointer,
          problem: FORMAT_PROBLEMS[String(params.format)] ?? "other",
          allowed: [String(params.format)],
        },
      ];
    case "pattern":
      return [{ pointer, problem: "pattern", allowed: [String(params.pattern)] }];
    case "minLength":
      return [{ pointer, problem: params.limit === 1 ? "empty" : "other", allowed: [String(params.limit)] }];
    case "minimum":
      return [{ pointer, problem: "minimum", allowed: [String(params.limit)] }];
    case "maximum":
      return [{ pointer, problem: "maximum", allowed: [String(params.limit)] }];
    default:
      return [{ pointer, problem: "other", allowed: [error.keyword] }];
  }
}
