import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { foldedId } from "../../protocol/fields/formats.js";
import { dataOf, type Excerpt, type HeldObject, integrationIn } from "../excerpt.js";
import type { Edit, Mutation, Place } from "../mutation.js";
import { changing, isOnly, newId, set, setPayload } from "./building.js";
import { captureOf, isSnapshot, isUpdate, timelinesOf } from "./timelines.js";
import { timeOf } from "./times.js";

/** A change of an update between the first and the last snapshot of its graph. */
function betweenSnapshots(
  name: string,
  pointer: string,
  wants: string,
  linesFor: (value: JsonObject) => Edit["lines"] | undefined,
): Mutation {
  return {
    clause: "RG-7.1-2",
    name,
    needs: ["all-read"],
    wants: `${wants} between two snapshots of its graph`,
    *places(excerpt) {
      for (const { all, updates, snapshots } of timelinesOf(excerpt)) {
        const [first, last] = [
          captureOf(snapshots[0] as HeldObject) ?? 0,
          captureOf(snapshots.at(-1) as HeldObject) ?? 0,
        ];
        for (const record of updates) {
          const time = timeOf(record) ?? 0;
          const lines = linesFor(dataOf(record));
          if (time < first || time > last || lines === undefined || !isOnly(record, excerpt)) continue;
          yield { at: record, pointer, about: all, edits: () => [{ record, lines }] };
        }
      }
    },
  };
}

const isCount = (value: unknown): value is number => Number.isInteger(value);

/** More than a graph of an excerpt can have gained or lost. */
const MANY = 100_003;

function inflated(value: JsonObject): Edit["lines"] | undefined {
  const { node_delta: nodes } = value;
  return isCount(nodes) && isCount(value.edge_delta) ? [{ ...value, node_delta: nodes + MANY }] : undefined;
}

function dropped({ node_delta: nodes, edge_delta: edges }: JsonObject): Edit["lines"] | undefined {
  return isCount(nodes) && isCount(edges) && (nodes !== 0 || edges !== 0) ? [] : undefined;
}

/** The last snapshot of a graph, changed. */
function inSnapshot(
  name: string,
  pointer: string,
  { level, change }: { level?: "NOTE"; change: (snapshot: JsonObject) => JsonObject | undefined },
): Mutation {
  return {
    clause: "RG-7.1-2",
    ...(level && { level }),
    name,
    needs: ["all-read"],
    wants: "graph with two snapshots",
    *places(excerpt) {
      for (const { all, snapshots } of timelinesOf(excerpt)) {
        const record = snapshots.at(-1) as HeldObject;
        const changed = change(dataOf(record));
        if (changed !== undefined)
          yield { at: record, pointer, about: all, edits: () => [{ record, lines: [changed] }] };
      }
    },
  };
}

const ADDED = "selftest-node";

/** One more node, which no graph_update reports. */
function withNode(snapshot: JsonObject): JsonObject | undefined {
  const { nodes, node_count: count } = snapshot;
  if (count !== undefined && !isCount(count)) return undefined;
  const counted = count === undefined ? {} : { node_count: count + 1 };
  if (Array.isArray(nodes)) return { ...snapshot, ...counted, nodes: [...nodes, { id: ADDED }] };
  if (isJsonObject(nodes)) return { ...snapshot, ...counted, nodes: { ...nodes, [ADDED]: {} } };
  return count === undefined ? undefined : { ...snapshot, ...counted };
}

/** An edge between nodes that were never there. */
function withLooseEdge(snapshot: JsonObject): JsonObject | undefined {
  const { nodes, edges, edge_count: count } = snapshot;
  const isListed = isJsonObject(nodes) && Array.isArray(edges);
  if (!isListed || (count !== undefined && !isCount(count))) return undefined;
  const counted = count === undefined ? {} : { edge_count: count + 1 };
  return { ...snapshot, ...counted, edges: [...edges, { from: `${ADDED}-1`, to: `${ADDED}-2` }] };
}

/** How many names are compared with snapshots at all. */
const MOST_NAMES = 1000;

/** When the last snapshot was taken; undefined where names are not compared, or too many. */
function lastCapture(excerpt: Excerpt): number | undefined {
  return excerpt.once(lastCapture, () => {
    const snapshots = excerpt.where(isSnapshot);
    const sizes = snapshots.map(
      (record) => Object.keys((dataOf(record).nodes as object | undefined) ?? {}).length,
    );
    const files = excerpt.where((record) => integrationIn(record)?.kind === "file_update_event");
    const isCompared =
      sizes.some((size) => size > 0) && [files.length, ...sizes].every((size) => size < MOST_NAMES / 2);
    const captures = snapshots.map((record) => captureOf(record) ?? Number.NEGATIVE_INFINITY);
    return isCompared && snapshots.length < MOST_NAMES ? Math.max(...captures) : undefined;
  });
}

const UNLISTED: Mutation = {
  clause: "RG-4.1-1",
  level: "NOTE",
  name: "a file_update_event names a file that is in no snapshot",
  wants: "file_update_event before a snapshot that lists nodes",
  places(excerpt) {
    const last = lastCapture(excerpt);
    const fits = (record: HeldObject): boolean => {
      const facet = record.subject.kind === "event" ? integrationIn(record) : undefined;
      const isFile = facet?.kind === "file_update_event" && facet.wrapping === "external_integration";
      const time = timeOf(record);
      return (
        isFile &&
        facet.value.change_type !== "deleted" &&
        time !== undefined &&
        last !== undefined &&
        time < last
      );
    };
    return changing(UNLISTED, {
      fits,
      pointer: "/payload/file_path",
      to: setPayload({ file_path: "selftest/unlisted.txt" }),
    }).places(excerpt);
  },
};

function projectOf(record: HeldObject): string | undefined {
  const { project_id: project, graph_id: graph } = dataOf(record);
  const isBoth = typeof project === "string" && typeof graph === "string";
  return isUpdate(record) && isBoth ? foldedId(project) : undefined;
}

const SECOND_GRAPH: Mutation = {
  clause: "RG-7.1-4",
  level: "NOTE",
  name: "a project gets a second graph_id",
  wants: "project with two graph_update events",
  *places(excerpt): Iterable<Place> {
    for (const updates of excerpt.grouped(projectOf).values()) {
      const record = updates.at(-1);
      if (record === undefined || updates.length < 2) continue;
      const changed = set({ graph_id: newId(1) })(dataOf(record));
      yield { at: record, pointer: "/graph_id", about: updates, edits: () => [{ record, lines: [changed] }] };
    }
  },
};

/** RG 7.1 and 4.1: the graph, its updates and its snapshots. */
export const GRAPH_MUTATIONS: readonly Mutation[] = [
  betweenSnapshots("node_delta of a graph_update grows", "/node_delta", "graph_update event", inflated),
  betweenSnapshots("a graph_update is removed", "", "graph_update event that changes a count", dropped),
  inSnapshot("a snapshot holds a node that no graph_update adds", "/nodes", { change: withNode }),
  inSnapshot("a snapshot holds an edge between nodes that were never created", "/edges", {
    level: "NOTE",
    change: withLooseEdge,
  }),
  SECOND_GRAPH,
  UNLISTED,
];
