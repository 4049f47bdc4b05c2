import type { Group } from "../../../model/group.js";
import type { Examined, Instant, Observation, Observed, Position } from "../../../model/rule.js";
import type { ParsedRecord } from "../../../model/subject.js";
import { foldedId } from "../../../protocol/fields/formats.js";
import { instantOf } from "../../../protocol/fields/instant.js";
import { contentsOf, type Listed } from "./snapshot-contents.js";

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
/** A snapshot that cannot be compared with the log. */
const UNUSABLE = SNAPSHOT + 1;

/** Under what the unusable snapshots of all graphs are kept: some do not even name theirs. */
const NO_GRAPH = "";

/** Sums of as many deltas as a log can hold stay exact below this. */
const MAX_COUNT = 2 ** 31;

/** Keeps graph_updates and snapshots by graph: for the ledger, and to compare the two. */
export function observeGraph({ record, subject, event }: Examined): Observed<GraphValue> | undefined {
  if (subject.kind === "snapshot") return observeSnapshot(record);
  const { graph_id: graph } = event;
  if (subject.kind !== "event" || subject.family !== "graph_update" || typeof graph !== "string")
    return undefined;
  const { node_delta: nodes, edge_delta: edges } = event;
  if (!isCount(nodes) || !isCount(edges)) return undefined;
  const instant = instantOf(event.timestamp);
  const kind = (UPDATE_KINDS as readonly unknown[]).indexOf(event.update_kind);
  const value: GraphValue = [record.digests.delivery, nodes, edges, kind < 0 ? UNKNOWN : kind];
  const key = foldedId(graph);
  return instant === undefined ? { key, value } : { key, value, instant };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= MAX_COUNT;
}

function observeSnapshot({ value, digests }: ParsedRecord): Observed<GraphValue> {
  const contents = contentsOf(value, digests);
  if ("message" in contents) return { key: NO_GRAPH, value: [digests.delivery, 0, 0, UNUSABLE] };
  const { graph, instant, nodes, edges, listed } = contents;
  return {
    key: foldedId(graph),
    value: [digests.delivery, nodes, edges, SNAPSHOT],
    instant,
    attachment: listed,
  };
}

/** Whether some of what is kept under a key are snapshots that cannot be compared with the log. */
export function holdsUnusable(graph: string, observations: Group<GraphValue>): boolean {
  if (graph !== NO_GRAPH) return false;
  for (const { value } of observations) if (value[3] === UNUSABLE) return true;
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
  readonly kind: (typeof UPDATE_KINDS)[number] | "unknown";
}

export interface SnapshotEntry extends GraphEntry {
  readonly listed: Listed;
}

/** The graph_update that an observation is of. */
export function updateIn({ value, at, instant }: Observation<GraphValue>): UpdateEntry | undefined {
  const [, nodes, edges, number] = value;
  if (number >= SNAPSHOT) return undefined;
  const kind = UPDATE_KINDS[number] ?? "unknown";
  return instant === undefined ? { at, nodes, edges, kind } : { at, instant, nodes, edges, kind };
}

/** The snapshot that an observation is of. */
export function snapshotIn({
  value,
  attachment = {},
  ...place
}: Observation<GraphValue>): SnapshotEntry | undefined {
  const [, nodes, edges, kind] = value;
  return kind === SNAPSHOT ? { ...place, nodes, edges, listed: attachment as Listed } : undefined;
}

/** Whether an observation is of a snapshot that can be compared with the log. */
export function isSnapshot({ value }: Observation<GraphValue>): boolean {
  return value[3] === SNAPSHOT;
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

/** Which delivery an observation is: the same snapshot or event given twice counts once. */
export function graphDelivery([delivery]: GraphValue): number {
  return delivery;
}
