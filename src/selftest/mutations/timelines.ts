import { foldedId } from "../../protocol/fields/formats.js";
import { dataOf, type Excerpt, type HeldObject } from "../excerpt.js";
import { isOf } from "./building.js";
import { millisecondsOf, timeOf } from "./times.js";

export const isUpdate = isOf("graph_update");
export const isSnapshot = ({ subject }: HeldObject): boolean => subject.kind === "snapshot";
export const captureOf = (record: HeldObject): number | undefined =>
  millisecondsOf(dataOf(record).captured_at);

/** The updates and the snapshots of one graph, snapshots in the order of their times. */
export interface Timeline {
  readonly all: readonly HeldObject[];
  readonly updates: readonly HeldObject[];
  readonly snapshots: readonly HeldObject[];
}

function graphOf(record: HeldObject): string | undefined {
  const { graph_id: graph } = dataOf(record);
  return (isUpdate(record) || isSnapshot(record)) && typeof graph === "string" ? foldedId(graph) : undefined;
}

/**
 * The graphs with two snapshots or more. Left out are graphs with an update that has no time or that of a snapshot: it
 * may lie on either side of the snapshot, so other sums may fit too.
 */
export function timelinesOf(excerpt: Excerpt): readonly Timeline[] {
  return excerpt.once(timelinesOf, () => [...excerpt.grouped(graphOf).values()].flatMap(timelineOf));
}

function timelineOf(all: readonly HeldObject[]): readonly Timeline[] {
  const updates = all.filter(isUpdate);
  const snapshots = all.filter(isSnapshot).sort((a, b) => (captureOf(a) ?? 0) - (captureOf(b) ?? 0));
  const captures = new Set(snapshots.map(captureOf));
  const isClear = captures.size === snapshots.length && !captures.has(undefined);
  if (!isClear || snapshots.length < 2) return [];
  const isAside = (time: number | undefined): boolean => time !== undefined && !captures.has(time);
  return updates.map(timeOf).every(isAside) ? [{ all, updates, snapshots }] : [];
}
