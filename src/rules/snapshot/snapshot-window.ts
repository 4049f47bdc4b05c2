import type { Instant, Observation } from "../../model/rule.js";
import { isBefore } from "../log/order.js";
import type { GraphEntry, SnapshotEntry } from "./graph-observation.js";

/** Two snapshots that follow each other, and the graph_updates from one to the other. */
export interface Window {
  readonly before: SnapshotEntry;
  readonly after: SnapshotEntry;
  /** Updates after the first snapshot and before the second. */
  readonly inside: readonly GraphEntry[];
  /** Updates at the very instant of one of them, which may lie on either side. */
  readonly atBefore: readonly GraphEntry[];
  readonly atAfter: readonly GraphEntry[];
}

/** The windows of one graph; snapshots and updates in causal order, all with an instant. */
export function windowsOf(snapshots: readonly SnapshotEntry[], updates: readonly GraphEntry[]): Window[] {
  let next = 0;
  return snapshots.slice(1).map((after, index) => {
    const before = snapshots[index] ?? after;
    while (isEarlier(updates[next], before)) next++;
    const window: GraphEntry[] = [];
    for (let at = next; at < updates.length && !isEarlier(after, updates[at]); at++) {
      const update = updates[at];
      if (update !== undefined) window.push(update);
    }
    const isAt = (snapshot: SnapshotEntry) => (update: GraphEntry) => isSame(update, snapshot);
    const atBefore = window.filter(isAt(before));
    // Two snapshots of one instant share what happened at it.
    const atAfter = isSame(before, after) ? [] : window.filter(isAt(after));
    const inside = window.filter((update) => !atBefore.includes(update) && !atAfter.includes(update));
    return { before, after, inside, atBefore, atAfter };
  });
}

type Timed = { readonly observation: Observation<unknown> } | undefined;

function isEarlier(a: Timed, b: Timed): boolean {
  return a !== undefined && b !== undefined && isBefore(timeOnly(a), timeOnly(b));
}

function isSame(a: NonNullable<Timed>, b: NonNullable<Timed>): boolean {
  return !isEarlier(a, b) && !isEarlier(b, a);
}

const EPOCH: Instant = { seconds: 0, fraction: 0 };

function timeOnly({ observation }: NonNullable<Timed>): Observation<unknown> {
  return { ...observation, instant: observation.instant ?? EPOCH };
}
