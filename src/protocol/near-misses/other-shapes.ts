import { isJsonObject, type JsonObject, type OtherShape } from "../../model/subject.js";
import { hasAffixedFamily, isRespelledEvent, looksLikeEvent, respelledCore } from "../fields/families.js";
import { isRenamedEvent } from "./event-words.js";
import { isRespelledIntegration } from "./integration-words.js";
import { withAsciiNames } from "./look-alikes.js";

interface Shape extends OtherShape {
  readonly isOf: (value: JsonObject) => boolean;
}

const isText = (value: unknown): value is string => typeof value === "string";
const has = (value: JsonObject, ...names: string[]): boolean => names.every((name) => name in value);

/** "pipeline.stage", "graph.node.added": the member `kind` before MPLP v1.0 introduced families. */
const DOTTED_KIND = /^[a-z][\w-]*(?:\.[\w-]+)+$/i;

const SHAPES: readonly Shape[] = [
  {
    message: "the record is an event of the minimal runtime, from before v1.0, and was not judged",
    hint: "v1.0 asks for event_id, event_type, event_family and timestamp at top level: rename id to event_id and kind to event_type, set event_family (pipeline_stage for pipeline.stage), and move the fields of payload to top level, such as pipeline_id, stage_id and stage_status",
    isEvent: true,
    isOf: (value) =>
      has(value, "id", "timestamp") &&
      isText(value.kind) &&
      DOTTED_KIND.test(value.kind) &&
      (has(value, "payload") || has(value, "runId") || has(value, "module")),
  },
  {
    message: "the record is an event with text before or after the names of its members, and was not judged",
    hint: "write each event with the names of MPLP, such as event_id and event_family, and its payload as an object: remove the step that flattens it, or the text before or after each name",
    isEvent: true,
    isOf: hasAffixedFamily,
  },
  {
    message: "the record is an event with foreign letters in the names of its members, and was not judged",
    hint: "write the names of the members in ASCII, such as event_id and event_family: some of their letters only look like those",
    isEvent: true,
    isOf: isEventInOtherLetters,
  },
  {
    message: "the record is an event with its core fields under other names, and was not judged",
    hint: "name the fields event_id, event_type, event_family and timestamp",
    isEvent: true,
    isOf: isRenamedEvent,
  },
  {
    message: "the record is an integration event with its fields in another spelling, and was not judged",
    hint: "name its fields as their schema does, such as repo_url and commit_id: mplp-check explain IS-4.3-1 shows examples",
    isEvent: true,
    isOf: isRespelledIntegration,
  },
  {
    message: "the record is a report of this program and was not checked",
    hint: "mplp-check report FILE shows it again",
    isEvent: false,
    isOf: ({ tool, verdict }) => isJsonObject(tool) && tool.name === "mplp-check" && isText(verdict),
  },
  {
    message: "the record is a span of OpenTelemetry and was not checked",
    hint: "MPLP judges events: check the log that the runtime writes its MPLP events to",
    isEvent: false,
    isOf: (value) =>
      (has(value, "traceId", "spanId") || has(value, "trace_id", "span_id")) && has(value, "name"),
  },
  {
    message: "the record is a JSON Schema and was not checked",
    hint: "--schemas takes a folder of schemas; the paths are those of logs, mappings, samples and snapshots",
    isEvent: false,
    isOf: ({ $schema, ...rest }) =>
      isText($schema) &&
      (isJsonObject(rest.properties) || rest.allOf !== undefined || rest.$defs !== undefined),
  },
];

function isEventInOtherLetters(value: JsonObject): boolean {
  const plain = withAsciiNames(value);
  if (plain === undefined) return false;
  return looksLikeEvent(plain) || isRespelledEvent(plain, respelledCore(plain)) || hasAffixedFamily(plain);
}

/** The kind of a record outside MPLP; undefined if it is unknown. */
export function otherShapeOf(value: JsonObject): OtherShape | undefined {
  return SHAPES.find(({ isOf }) => isOf(value));
}
