import type { Observed } from "../../model/source.js";
import type { JsonObject, ParsedRecord } from "../../model/subject.js";
import { foldedId } from "../../protocol/fields/formats.js";
import { instantOf } from "../../protocol/fields/instant.js";
import { contentsOf } from "../shared/snapshot/snapshot-contents.js";
import { nameColumn, wholeColumn } from "../shared/source/columns.js";
import { distinctText } from "../shared/source/distinct-text.js";
import {
  count,
  list,
  object,
  optional,
  type Taken,
  text,
  triple,
  type ValueOf,
} from "../shared/source/forms.js";
import { row } from "../shared/source/rows.js";
import { source } from "../shared/source/source.js";

const UPDATE_KINDS = [
  "node_add",
  "node_update",
  "node_delete",
  "edge_add",
  "edge_update",
  "edge_delete",
  "bulk",
] as const;
export type UpdateKind = (typeof UPDATE_KINDS)[number];

/** Id, digest and member name of nodes or edges. */
const items = list(triple(text, count, text));

const form = row(
  {
    delivery: wholeColumn,
    /** node_delta and edge_delta, or node_count and edge_count. */
    nodes: wholeColumn,
    edges: wholeColumn,
    /**
     * An update_kind that nobody knows may be any of them. An unusable snapshot cannot be compared with the log. The
     * deltas of an uncounted update cannot be added up.
     */
    kind: nameColumn([...UPDATE_KINDS, "unknown", "snapshot", "unusable", "uncounted"]),
  },
  { listed: object({ nodes: optional(items), edges: optional(items), content: optional(count) }) },
);

/** The graph_updates and the snapshots of each graph. The same one given twice counts once. */
export const graphs = source({
  of: ["graph_update", "snapshot"],
  value: form,
  once: ({ delivery }) => delivery,
  keep: "history",
  // A snapshot's counts and lists are looked at as one.
  observe: ({ record, subject, event }) => {
    if (subject.kind === "snapshot") return observeSnapshot(record);
    const { graph_id: graph } = event;
    if (subject.kind !== "event" || subject.family !== "graph_update" || typeof graph !== "string")
      return undefined;
    return {
      key: foldedId(graph),
      value: form.write({ delivery: record.digests.delivery, ...changeIn(event) }),
      instant: instantOf(event.timestamp),
    };
  },
});

type Change = Pick<ValueOf<typeof form>, "nodes" | "edges" | "kind">;

const UNCOUNTED: Change = { nodes: 0, edges: 0, kind: "uncounted" };

function changeIn({ node_delta: nodes, edge_delta: edges, update_kind: kind }: JsonObject): Change {
  if (!isCount(nodes) || !isCount(edges)) return UNCOUNTED;
  return { nodes, edges, kind: UPDATE_KINDS.find((known) => known === kind) ?? "unknown" };
}

/** Sums of as many deltas as a log can hold stay exact below this. */
export const MAX_COUNT = 2 ** 31;

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= MAX_COUNT;
}

/** Under what the unusable snapshots of all graphs are kept: some do not even name theirs. */
export const NO_GRAPH = "";

function observeSnapshot(record: ParsedRecord): Observed<number | readonly number[]> {
  const { delivery } = record.digests;
  const contents = contentsOf(record);
  if ("message" in contents)
    return { key: NO_GRAPH, value: form.write({ delivery, nodes: 0, edges: 0, kind: "unusable" }) };
  const { graph, instant, nodes, edges, listed } = contents;
  return {
    key: foldedId(graph),
    value: form.write({ delivery, nodes, edges, kind: "snapshot" }),
    instant,
    attachment: listed,
  };
}

/** Under what the graphs of updates are kept that name no project. */
export const NO_PROJECT = "";

const graphId: Taken<string> = {
  ...text,
  take: ({ graph_id: graph }) => (typeof graph === "string" ? distinctText(foldedId(graph)) : undefined),
};

/** The graphs of each project. */
export const projectGraphs = source({
  of: "graph_update",
  key: {
    of: ({ project_id: project }) => (typeof project === "string" ? foldedId(project) : NO_PROJECT),
  },
  value: graphId,
  keep: "each",
});
