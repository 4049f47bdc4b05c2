import type { Examined, Observation, Observed } from "../../model/rule.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { isUuid } from "../../spec/formats.js";
import { instantOf } from "../../spec/instant.js";
import { contentDigest, deliveryDigest } from "../log/content-digest.js";

/**
 * What is kept of a graph_update or of a snapshot: which delivery it is, node_delta and edge_delta or
 * node_count and edge_count, and what it is (a number of KINDS).
 */
export type GraphValue = readonly [delivery: number, nodes: number, edges: number, kind: number];

const UPDATE_KINDS = [
  "node_add",
  "node_update",
  "node_delete",
  "edge_add",
  "edge_update",
  "edge_delete",
  "bulk",
] as const;
/** An update_kind that nobody knows may be any of them. */
const UNKNOWN = UPDATE_KINDS.length;
const SNAPSHOT = UNKNOWN + 1;

/** The nodes and edges that a snapshot lists. */
export interface Listed {
  readonly nodes?: readonly Item[];
  readonly edges?: readonly Item[];
}

/** Its id, a digest of its content, and the name of the member or the index under which it stands. */
export type Item = readonly [id: string, digest: number, member: string];

/** Sums of as many deltas as a log can hold stay exact below this. */
const MAX_COUNT = 2 ** 31;

/** Keeps graph_updates and snapshots by graph: for the ledger, and to compare the two. */
export function observeGraph({ subject, event }: Examined): Observed<GraphValue> | undefined {
  const { graph_id: graph } = event;
  if (typeof graph !== "string") return undefined;
  const key = isUuid(graph) ? graph.toLowerCase() : graph;
  if (subject.kind === "snapshot") return observeSnapshot(key, event);
  if (subject.kind !== "event" || subject.family !== "graph_update") return undefined;
  const { node_delta: nodes, edge_delta: edges } = event;
  if (!isCount(nodes) || !isCount(edges)) return undefined;
  const instant = instantOf(event.timestamp);
  const kind = (UPDATE_KINDS as readonly unknown[]).indexOf(event.update_kind);
  return {
    key,
    value: [deliveryDigest(event), nodes, edges, kind < 0 ? UNKNOWN : kind],
    ...(instant !== undefined && { instant }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= MAX_COUNT;
}

function observeSnapshot(key: string, snapshot: JsonObject): Observed<GraphValue> | undefined {
  const instant = instantOf(snapshot.captured_at);
  const listed = listedIn(snapshot);
  const nodes = snapshot.node_count ?? listed.nodes?.length;
  const edges = snapshot.edge_count ?? listed.edges?.length;
  if (instant === undefined || !isCount(nodes) || !isCount(edges) || nodes < 0 || edges < 0) return undefined;
  return { key, value: [contentDigest(snapshot), nodes, edges, SNAPSHOT], instant, attachment: listed };
}

function listedIn({ nodes, edges }: JsonObject): Listed {
  const [listedNodes, listedEdges] = [itemsIn(nodes, "node_id"), itemsIn(edges, "edge_id")];
  return {
    ...(listedNodes !== undefined && { nodes: listedNodes }),
    ...(listedEdges !== undefined && { edges: listedEdges }),
  };
}

function itemsIn(list: unknown, idName: string): Item[] | undefined {
  if (Array.isArray(list)) return list.map((item, at) => [idOf(item, idName), digestOf(item), String(at)]);
  if (!isJsonObject(list)) return undefined;
  return Object.entries(list).map(([id, item]) => [id, digestOf(item), id]);
}

function digestOf(content: unknown): number {
  return contentDigest({ content });
}

/** What a node or an edge in a list is known by: its id, or all that it says. */
function idOf(item: unknown, name: string): string {
  const id = isJsonObject(item) ? (item[name] ?? item.id) : item;
  return typeof id === "string" ? id : `#${digestOf(item)}`;
}

/** One observation of a graph, with its parts by name. */
export interface GraphEntry {
  readonly nodes: number;
  readonly edges: number;
  readonly kind: (typeof UPDATE_KINDS)[number] | "unknown";
  readonly observation: Observation<GraphValue>;
}

export interface SnapshotEntry extends Omit<GraphEntry, "kind"> {
  readonly listed: Listed;
}

export function updatesOf(observations: readonly Observation<GraphValue>[]): GraphEntry[] {
  return observations.flatMap((observation) => {
    const [, nodes, edges, kind] = observation.value;
    return kind === SNAPSHOT ? [] : [{ nodes, edges, kind: UPDATE_KINDS[kind] ?? "unknown", observation }];
  });
}

export function snapshotsOf(observations: readonly Observation<GraphValue>[]): SnapshotEntry[] {
  return observations.flatMap((observation) => {
    const [, nodes, edges, kind] = observation.value;
    const listed = (observation.attachment ?? {}) as Listed;
    return kind === SNAPSHOT ? [{ nodes, edges, listed, observation }] : [];
  });
}

/** Which delivery an observation is: the same snapshot or event given twice counts once. */
export function graphDelivery([delivery]: GraphValue): number {
  return delivery;
}
