import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { ROOT } from "../support/fixtures.js";

export type Members = Readonly<Record<string, unknown>>;

/** What a reader of the specification would object to in one event. */
export interface Judgement {
  /** Members, "payload" for all that is in it, with a fault at the level MUST. */
  readonly must: ReadonlySet<string>;
  /** Members with a fault at the level SHOULD; undefined where faults above them leave that open. */
  readonly should: ReadonlySet<string> | undefined;
  /** The members that are judged at all. */
  readonly judged: ReadonlySet<string>;
}

const FAMILIES = [
  "import_process",
  "intent",
  "delta_intent",
  "impact_analysis",
  "compensation_plan",
  "methodology",
  "reasoning_graph",
  "pipeline_stage",
  "graph_update",
  "runtime_execution",
  "cost_budget",
  "external_integration",
];
const CORE = ["event_id", "event_type", "event_family", "timestamp", "project_id"];

type Test = (value: unknown) => boolean;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const isText: Test = (value) => typeof value === "string";
const isUuid: Test = (value) => typeof value === "string" && UUID.test(value);
const isUuidV4: Test = (value) => typeof value === "string" && UUID_V4.test(value);
const isFilled: Test = (value) => typeof value === "string" && value.trim() !== "";
const isInteger: Test = (value) => typeof value === "number" && Number.isInteger(value);
const oneOf =
  (...values: readonly string[]): Test =>
  (value) =>
    typeof value === "string" && values.includes(value);

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** RFC 3339: a date of the calendar, with a zone; second 60 only at 23:59 UTC. */
const isInstant: Test = (value) => {
  const parts = typeof value === "string" ? INSTANT.exec(value) : null;
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const [zoneHour = 0, zoneMinute = 0] = [parts[8], parts[9]].map((text = "0") => Number(text));
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(2000, month, 0)).getUTCDate())
    return false;
  if (month === 2 && day === 29 && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))) return false;
  if (hour > 23 || minute > 59 || second > 60 || zoneHour > 23 || zoneMinute > 59) return false;
  const shift = (zoneHour * 60 + zoneMinute) * (parts[7] === "-" ? 1 : -1);
  return second < 60 || (hour * 60 + minute + shift + 2880) % 1440 === 1439;
};

/** What the members of each family must be, and which may be left out. */
const FAMILY: Readonly<
  Record<string, { readonly must: Record<string, Test>; readonly may: Record<string, Test> }>
> = {
  graph_update: {
    must: {
      graph_id: isUuidV4,
      update_kind: oneOf(
        "node_add",
        "node_update",
        "node_delete",
        "edge_add",
        "edge_update",
        "edge_delete",
        "bulk",
      ),
      node_delta: isInteger,
      edge_delta: isInteger,
    },
    may: { source_module: isText },
  },
  pipeline_stage: {
    must: {
      pipeline_id: isUuidV4,
      stage_id: isFilled,
      stage_status: oneOf("pending", "running", "completed", "failed", "skipped"),
    },
    may: { stage_name: isText, stage_order: (value) => isInteger(value) && (value as number) >= 0 },
  },
  runtime_execution: {
    must: {
      execution_id: isUuidV4,
      executor_kind: oneOf("agent", "tool", "llm", "worker", "external"),
      status: oneOf("pending", "running", "completed", "failed", "cancelled"),
    },
    may: { executor_role: isText },
  },
};

/** The deltas of a graph_update that contradict its kind: its own at the level MUST, the other one below. */
function contradictions({ update_kind: kind, node_delta, edge_delta }: Members) {
  const [what = "", how = ""] = typeof kind === "string" ? kind.split("_") : [];
  const [own, other] = what === "node" ? [node_delta, edge_delta] : [edge_delta, node_delta];
  const must =
    typeof own === "number" &&
    ((how === "add" && own < 1) || (how === "delete" && own > -1) || (how === "update" && own !== 0));
  const should =
    typeof other === "number" &&
    ((what === "edge" && other !== 0) ||
      (kind === "node_add" && other < 0) ||
      (kind === "node_delete" && other > 0));
  const [ownName, otherName] = what === "node" ? ["node_delta", "edge_delta"] : ["edge_delta", "node_delta"];
  return { must: must ? [ownName] : [], should: should ? [otherName] : [] };
}

/** Judges the envelope of an event by the text of the specification, member by member. */
export function judged(event: Members): Judgement {
  const { event_family: family } = event;
  const has = (name: string): boolean => Object.hasOwn(event, name);
  const must = new Set<string>();
  const require = (name: string, test: Test): void => {
    if (!has(name) || !test(event[name])) must.add(name);
  };
  const allow = (name: string, test: Test): void => {
    if (has(name) && !test(event[name])) must.add(name);
  };
  require("event_id", isUuidV4);
  require("event_type", isFilled);
  require("event_family", oneOf(...FAMILIES));
  require("timestamp", isInstant);
  allow("project_id", isUuid);
  const own = typeof family === "string" && Object.hasOwn(FAMILY, family) ? FAMILY[family] : undefined;
  for (const [name, test] of Object.entries(own?.must ?? {})) require(name, test);
  for (const [name, test] of Object.entries(own?.may ?? {})) allow(name, test);
  const should = new Set<string>();
  if (has("project_id") && isUuid(event.project_id) && !isUuidV4(event.project_id)) should.add("project_id");
  if (family === "graph_update") {
    if (!has("source_module")) should.add("source_module");
    const broken = must.has("update_kind") ? { must: [], should: [] } : contradictions(event);
    for (const name of broken.must) must.add(name);
    for (const name of broken.should) should.add(name);
  }
  if (family === "pipeline_stage")
    for (const name of ["stage_name", "stage_order"]) if (!has(name)) should.add(name);
  const judgedMembers = [...CORE, ...Object.keys(own?.must ?? {}), ...Object.keys(own?.may ?? {})];
  return { must, should: must.size === 0 ? should : undefined, judged: new Set(judgedMembers) };
}

const ajv = formats.default(new Ajv({ strict: false, allErrors: true }));
// That of the package takes blanks and +0100.
ajv.addFormat("date-time", isInstant as (text: string) => boolean);
const payloadSchema = (kind: string) =>
  ajv.compile(
    JSON.parse(
      readFileSync(join(ROOT, `schemas/integration/mplp-${kind}-event.schema.json`), "utf8"),
    ) as object,
  );

/** By the event_type that says what the payload is. */
const PAYLOADS = {
  tool_event: payloadSchema("tool"),
  file_update_event: payloadSchema("file-update"),
  git_event: payloadSchema("git"),
  ci_event: payloadSchema("ci"),
};

/** Whether a payload keeps the schema of what the event says it is; undefined where the event does not say. */
export function keepsSchema({ event_type: type, payload }: Members): boolean | undefined {
  if (typeof type !== "string" || !Object.hasOwn(PAYLOADS, type)) return undefined;
  const validate = PAYLOADS[type as keyof typeof PAYLOADS];
  if (validate(payload)) return true;
  // In draft-07 formats are annotations; dates are held to them all the same.
  return (validate.errors ?? []).every(
    ({ keyword, params }) => keyword === "format" && params.format !== "date-time",
  );
}
