import type { JsonObject } from "../../model/subject.js";
import { dataOf, type HeldObject } from "../excerpt.js";
import type { Mutation } from "../mutation.js";
import { type Change, changing, isOf, set } from "./building.js";

type Family = Parameters<typeof isOf>[0];

function inFamily(
  family: Family,
  clause: Mutation["clause"],
  name: string,
  pointer: string,
  to: Change["to"],
  {
    when = () => true,
    wants,
    about,
  }: Pick<Change, "about"> & { when?: (value: JsonObject) => boolean; wants?: string } = {},
): Mutation {
  const fits = (record: HeldObject): boolean => isOf(family)(record) && when(dataOf(record));
  return changing(
    { clause, name, wants: wants ?? `${family} event` },
    { fits, pointer, to, ...(about && { about }) },
  );
}

/** For each update_kind a delta that it forbids. */
const WRONG_DELTAS: Readonly<Record<string, JsonObject>> = {
  node_add: { node_delta: 0 },
  node_update: { node_delta: 1 },
  node_delete: { node_delta: 1 },
  edge_add: { edge_delta: 0 },
  edge_update: { edge_delta: 1 },
  edge_delete: { edge_delta: 1 },
};

/** The same for the delta that update_kind does not name. */
const WRONG_OTHERS: Readonly<Record<string, JsonObject>> = {
  node_add: { edge_delta: -1 },
  node_delete: { edge_delta: 1 },
  edge_add: { node_delta: 1 },
  edge_update: { node_delta: 1 },
  edge_delete: { node_delta: 1 },
};

const byKind = (members: Readonly<Record<string, JsonObject>>) => (value: JsonObject) => ({
  ...value,
  ...members[String(value.update_kind)],
});
const isIn =
  (members: Readonly<Record<string, JsonObject>>) =>
  ({ update_kind: kind }: JsonObject) =>
    typeof kind === "string" && Object.hasOwn(members, kind);

const isText = (name: string) => (value: JsonObject) => typeof value[name] === "string";

/** PS 5 to 7 and RG 4.2, 4.3: the fields of the three structured families. */
export const FAMILY_MUTATIONS: readonly Mutation[] = [
  inFamily("graph_update", "PS-5.1-1", "graph_id is removed", "/graph_id", set({ graph_id: undefined })),
  inFamily(
    "graph_update",
    "PS-5.1-1",
    "node_delta becomes a text",
    "/node_delta",
    set({ node_delta: "one" }),
  ),
  inFamily(
    "graph_update",
    "PS-5.1-1",
    "edge_delta is removed",
    "/edge_delta",
    set({ edge_delta: undefined }),
  ),
  inFamily(
    "graph_update",
    "PS-5.2-1",
    "update_kind gets a word of its own",
    "/update_kind",
    set({ update_kind: "node_insert" }),
  ),
  inFamily(
    "graph_update",
    "PS-5.2-2",
    "the delta that update_kind names gets a wrong sign",
    "/update_kind",
    byKind(WRONG_DELTAS),
    {
      when: isIn(WRONG_DELTAS),
      wants: "graph_update event about nodes or about edges",
    },
  ),
  inFamily(
    "graph_update",
    "PS-5.2-3",
    "the delta that update_kind does not name contradicts it",
    "/update_kind",
    byKind(WRONG_OTHERS),
    {
      when: isIn(WRONG_OTHERS),
      wants: "graph_update event that adds or deletes nodes, or is about edges",
    },
  ),
  inFamily(
    "graph_update",
    "RG-4.2-1",
    "source_module is removed",
    "/source_module",
    set({ source_module: undefined }),
    {
      when: isText("source_module"),
      wants: "graph_update event with a source_module",
    },
  ),
  inFamily(
    "graph_update",
    "RG-4.2-2",
    "source_module gets a name that MPLP does not have",
    "/source_module",
    set({ source_module: "billing" }),
  ),
  inFamily(
    "pipeline_stage",
    "PS-6.1-1",
    "pipeline_id gets a text that is no UUID",
    "/pipeline_id",
    set({ pipeline_id: "pipeline-1" }),
  ),
  inFamily("pipeline_stage", "PS-6.1-1", "stage_id is removed", "/stage_id", set({ stage_id: undefined })),
  inFamily(
    "pipeline_stage",
    "PS-6.2-1",
    "stage_status gets a word of its own",
    "/stage_status",
    set({ stage_status: "queued" }),
  ),
  inFamily(
    "pipeline_stage",
    "RG-4.3-1",
    "stage_name is removed",
    "/stage_name",
    set({ stage_name: undefined }),
    {
      when: isText("stage_name"),
      wants: "pipeline_stage event with a stage_name",
    },
  ),
  inFamily(
    "runtime_execution",
    "PS-7.1-1",
    "execution_id gets a text that is no UUID",
    "/execution_id",
    set({ execution_id: "run-1" }),
  ),
  inFamily(
    "runtime_execution",
    "PS-7.1-1",
    "executor_kind is removed",
    "/executor_kind",
    set({ executor_kind: undefined }),
  ),
  inFamily(
    "runtime_execution",
    "PS-7.2-1",
    "executor_kind gets a word of its own",
    "/executor_kind",
    set({ executor_kind: "human" }),
  ),
  inFamily(
    "runtime_execution",
    "PS-7.3-1",
    "status gets a word of its own",
    "/status",
    set({ status: "done" }),
  ),
];
