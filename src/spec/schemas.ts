import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Problem } from "../model/defect.js";
import { escapeSegment } from "../model/pointer.js";
import { isJsonObject, type JsonObject } from "../model/subject.js";
import { isDateTime, isUuid } from "./formats.js";

/** The schemas a log check needs, by the base names of the official `schemas/v2` layout. */
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

/** A schema or invariant file as it was read: its path for messages, its base name, its parsed content. */
export interface ProtocolFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly content: unknown;
}

/** Thrown where the protocol files cannot be used; the message names the file. */
export class ProtocolError extends Error {}

/** One thing a schema objects to, in terms of the checked object. */
export interface SchemaComplaint {
  readonly pointer: string;
  readonly problem: Problem;
  readonly allowed?: readonly string[];
}

export interface CompiledSchema {
  /** True where the object conforms: the fast path, which collects nothing. */
  accepts(value: JsonObject): boolean;
  /** Everything the schema objects to. */
  complaints(value: JsonObject): SchemaComplaint[];
}

const FORMATS = { ...fullFormats, uuid: isUuid, "date-time": isDateTime };

/**
 * Compiles the schemas a log check needs.
 *
 * @throws ProtocolError where a file is missing, is no schema, or refers to one that is not there
 */
export function compileSchemas(files: readonly ProtocolFile[]): Record<SchemaName, CompiledSchema> {
  const fast = instance(files, false);
  const thorough = instance(files, true);
  const compiled = (name: SchemaName): CompiledSchema => compile(files, SCHEMA_FILES[name], fast, thorough);
  return {
    core: compiled("core"),
    graph_update: compiled("graph_update"),
    pipeline_stage: compiled("pipeline_stage"),
    runtime_execution: compiled("runtime_execution"),
    sa: compiled("sa"),
    map: compiled("map"),
    tool_event: compiled("tool_event"),
    file_update_event: compiled("file_update_event"),
    git_event: compiled("git_event"),
    ci_event: compiled("ci_event"),
    sample: compiled("sample"),
    intent_resolution: compiled("intent_resolution"),
    delta_impact: compiled("delta_impact"),
  };
}

function instance(files: readonly ProtocolFile[], allErrors: boolean): Ajv {
  // The official files carry annotations of their own (x-mplp-meta) that strict mode would refuse.
  const ajv = new Ajv({
    strict: false,
    // A number beyond the range of doubles, read as infinity, is no number and no integer.
    strictNumbers: true,
    allErrors,
    verbose: true,
    logger: false,
    formats: FORMATS,
    validateFormats: true,
  });
  for (const file of files) {
    if (!isJsonObject(file.content)) throw new ProtocolError(`${file.path}: not a JSON Schema object`);
    try {
      ajv.addSchema(file.content, schemaId(file));
    } catch (error) {
      throw new ProtocolError(`${file.path}: ${messageOf(error)}`);
    }
  }
  return ajv;
}

function schemaId(file: ProtocolFile): string {
  const id = isJsonObject(file.content) ? file.content.$id : undefined;
  return typeof id === "string" ? id : file.name;
}

function compile(files: readonly ProtocolFile[], name: string, fast: Ajv, thorough: Ajv): CompiledSchema {
  const file = files.find((candidate) => candidate.name === name);
  if (file === undefined) throw new ProtocolError(`no file ${name} among the schemas`);
  const accepts = validator(fast, file);
  let collect: ValidateFunction | undefined;
  return {
    accepts: (value) => accepts(value) === true,
    complaints: (value) => {
      collect ??= validator(thorough, file);
      return collect(value) === true ? [] : (collect.errors ?? []).flatMap(complaint);
    },
  };
}

function validator(ajv: Ajv, file: ProtocolFile): ValidateFunction {
  try {
    const validate = ajv.getSchema(schemaId(file));
    if (validate === undefined) throw new Error("not compiled");
    return validate;
  } catch (error) {
    throw new ProtocolError(`${file.path}: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const FORMAT_PROBLEMS: Readonly<Record<string, Problem>> = {
  uuid: "not-uuid",
  "date-time": "not-date-time",
  email: "not-email",
  uri: "not-uri",
};

/** Keywords that only gather the complaints of their parts. */
const APPLICATORS: ReadonlySet<string> = new Set(["allOf", "if", "$ref"]);

function complaint(error: ErrorObject): SchemaComplaint[] {
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
