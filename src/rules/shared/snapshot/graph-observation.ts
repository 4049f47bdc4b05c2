import type { Group } from "../../../model/group.js";
import type { Instant, Observation, Position } from "../../../model/rule.js";
import type { ValueOf } from "../../../model/source.js";
import { type graphs, NO_GRAPH, type UpdateKind } from "../../sources/graphs.js";
import type { Listed } from "./snapshot-contents.js";

/** What is kept of a graph_update or of a snapshot. */
export type GraphValue = ValueOf<typeof graphs>;

/** True if some of what is kept under a key are snapshots that cannot be compared with the log. */
export function holdsUnusable(graph: string, observations: Group<GraphValue>): boolean {
  if (graph !== NO_GRAPH) return false;
  for (const { value } of observations) if (value.kind === "unusable") return true;
  return false;
}

/** A graph_update or a snapshot, with its parts by name. */
interface GraphEntry {
  readonly nodes: number;
  readonly edges: number;
  readonly at: Position;
  readonly instant?: Instant;
}

export interface UpdateEntry extends GraphEntry {
  readonly kind: UpdateKind | "unknown" | "uncounted";
}

export interface SnapshotEntry extends GraphEntry {
  readonly listed: Listed;
}

/** The graph_update that an observation is of. The deltas of an uncounted one cannot be added up. */
export function updateIn({ value, at, instant }: Observation<GraphValue>): UpdateEntry | undefined {
  const { nodes, edges, kind } = value;
  if (kind === "snapshot" || kind === "unusable") return undefined;
  return instant === undefined ? { at, nodes, edges, kind } : { at, instant, nodes, edges, kind };
}

/** The snapshot that an observation is of. */
export function snapshotIn({ value, at, instant }: Observation<GraphValue>): SnapshotEntry | undefined {
  const { nodes, edges, kind, listed = {} } = value;
  if (kind !== "snapshot") return undefined;
  return instant === undefined ? { at, nodes, edges, listed } : { at, instant, nodes, edges, listed };
}

/** True if an observation is of a snapshot that can be compared with the log. */
export function isSnapshot({ value }: Observation<GraphValue>): boolean {
  return value.kind === "snapshot";
}

/** What the observations of a graph add up to, in their order. */
export interface GraphSums {
  readonly snapshots: number;
  /** graph_updates whose deltas can be added up, and the sums of these. */
  readonly updates: number;
  readonly nodes: number;
  readonly edges: number;
  /** The lowest sums on the way; 0 where none is below. */
  readonly fewestNodes: number;
  readonly fewestEdges: number;
}

/** A graph with more observations than this is summed up once, for all rules that ask. */
const FEW = 32;
const known = new WeakMap<Group<GraphValue>, GraphSums>();

export function sumsOf(observations: Group<GraphValue>): GraphSums {
  if (observations.length <= FEW) return summedUp(observations);
  const sums = known.get(observations) ?? summedUp(observations);
  known.set(observations, sums);
  return sums;
}

export function countSnapshots(observations: Group<GraphValue>): number {
  return sumsOf(observations).snapshots;
}

function summedUp(observations: Group<GraphValue>): GraphSums {
  let [snapshots, updates, nodes, edges, fewestNodes, fewestEdges] = [0, 0, 0, 0, 0, 0];
  for (const { value } of observations) {
    const { kind } = value;
    if (kind === "snapshot") snapshots++;
    if (kind === "snapshot" || kind === "unusable" || kind === "uncounted") continue;
    updates++;
    nodes += value.nodes;
    edges += value.edges;
    fewestNodes = Math.min(fewestNodes, nodes);
    fewestEdges = Math.min(fewestEdges, edges);
  }
  return { snapshots, updates, nodes, edges, fewestNodes, fewestEdges };
}
