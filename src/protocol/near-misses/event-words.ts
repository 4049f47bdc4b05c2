import { likelyRenamesIn, type Vocabulary, vocabularyOf } from "../../model/spelling.js";
import type { JsonObject, Rename } from "../../model/subject.js";
import {
  CORE_FIELDS,
  FAMILY_FIELDS,
  intendedFamily,
  isEventFamily,
  type StructuredFamily,
} from "../fields/families.js";

/** Names of an event's core fields in other logs. */
const CORE_WORDS = {
  event_id: ["id", "uuid", "guid", "eid", "event_uuid", "event_guid", "message_id"],
  event_type: ["type", "event", "event_name", "action", "name"],
  event_family: ["family", "event_category", "category"],
  timestamp: [
    "ts",
    "time",
    "datetime",
    "date",
    "event_time",
    "created_at",
    "occurred_at",
    "emitted_at",
    "logged_at",
    "recorded_at",
    "created",
    "at",
  ],
} as const;

/** Names of a family's fields in other logs. */
const FAMILY_WORDS: Readonly<Record<StructuredFamily, Readonly<Record<string, readonly string[]>>>> = {
  graph_update: {
    graph_id: ["graph", "psg_id", "psg", "graph_uuid"],
    update_kind: ["kind", "update_type", "change_kind", "change_type", "operation", "op", "update"],
    node_delta: ["nodes_delta", "delta_nodes", "nodes", "nodes_changed", "node_change", "node_count_delta"],
    edge_delta: ["edges_delta", "delta_edges", "edges", "edges_changed", "edge_change", "edge_count_delta"],
    source_module: ["module", "source", "module_name", "emitter"],
  },
  pipeline_stage: {
    pipeline_id: ["pipeline", "pipeline_uuid", "pipeline_run_id", "run_id", "workflow_id"],
    stage_id: ["stage", "step_id", "step"],
    stage_status: ["status", "state", "stage_state"],
    stage_name: ["step_name", "name", "title"],
    stage_order: ["order", "stage_index", "index", "position", "sequence"],
  },
  runtime_execution: {
    execution_id: ["execution", "exec_id", "execution_uuid", "run_id", "call_id"],
    executor_kind: ["executor", "executor_type", "execution_kind", "kind"],
    executor_role: ["role", "agent_role"],
    status: ["execution_status", "exec_status", "execution_state", "state", "outcome"],
  },
};

const CORE_ONLY = vocabularyOf([...CORE_FIELDS, "project_id"], CORE_WORDS);

const BY_FAMILY: ReadonlyMap<string, Vocabulary> = new Map(
  (Object.keys(FAMILY_FIELDS) as StructuredFamily[]).map((family) => [
    family,
    vocabularyOf([...CORE_FIELDS, ...FAMILY_FIELDS[family], "project_id"], {
      ...CORE_WORDS,
      ...FAMILY_WORDS[family],
    }),
  ]),
);

/** Fields of an event's core and family (PS 4.1, 5.1, 6.1, 7.1) that it has under other names. */
export function renamedEventFields(event: JsonObject): readonly Rename[] {
  const family = familyOf(event);
  const vocabulary = (family === undefined ? undefined : BY_FAMILY.get(family)) ?? CORE_ONLY;
  return renamedScalars(event, vocabulary);
}

/** True if a record has one of the families, and two other fields of an event, under other names. */
export function isRenamedEvent(record: JsonObject): boolean {
  if (!Object.values(record).some(isUnusualFamily)) return false;
  const renames = renamedScalars(record, CORE_ONLY);
  const family = renames.find(({ field }) => field === "event_family");
  return renames.length >= 3 && family !== undefined && isUnusualFamily(record[family.found]);
}

/** True for families that are no words of their own: logs of all kinds have an intent or a methodology. */
function isUnusualFamily(value: unknown): boolean {
  return isEventFamily(value) && value.includes("_");
}

/** None of the fields is an object or a list. */
function renamedScalars(event: JsonObject, vocabulary: Vocabulary): readonly Rename[] {
  return likelyRenamesIn(event, vocabulary).filter(({ found }) => {
    const value = event[found];
    return typeof value !== "object" || value === null;
  });
}

function familyOf(event: JsonObject): string | undefined {
  const own = event.event_family ?? event[familyName(event) ?? ""];
  return typeof own === "string" ? intendedFamily(own) : undefined;
}

/** The name of the member that holds an event's family. */
function familyName(event: JsonObject): string | undefined {
  return likelyRenamesIn(event, CORE_ONLY).find(({ field }) => field === "event_family")?.found;
}
