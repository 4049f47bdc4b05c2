import type { Group } from "../../../model/group.js";
import type { Instant, Observation, Position } from "../../../model/rule.js";
import type { ValueOf } from "../../../model/source.js";
import { type graphs, NO_GRAPH, type UpdateKind } from "../../sources/graphs.js";
import type { Listed } from "./snapshot-contents.js";

/** What is kept of a graph_update or of a snapshot. */
export type GraphValue = ValueOf<typeof graphs>;

/** Whether some of what is kept under a key are snapshots that cannot be compared with the log. */
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

/** Whether an observation is of a snapshot that can be compared with the log. */
export function isSnapshot({ value }: Observation<GraphValue>): boolean {
  return value.kind === "snapshot";
}

/** Of a graph with more observations than this its snapshots are counted once, for all rules that ask. */
const FEW = 32;
const counts = new WeakMap<Group<GraphValue>, number>();

export function countSnapshots(observations: Group<GraphValue>): number {
  if (observations.length <= FEW) return counted(observations);
  const count = counts.get(observations) ?? counted(observations);
  counts.set(observations, count);
  return count;
}

function counted(observations: Group<GraphValue>): number {
  let count = 0;
  for (const observation of observations) if (isSnapshot(observation)) count++;
  return count;
}
