import type { Observation } from "../../model/rule.js";
import type { MplpLogRule } from "../define.js";
import {
  type GraphValue,
  graphDelivery,
  observeGraph,
  type SnapshotEntry,
  snapshotsOf,
  updatesOf,
} from "./graph-observation.js";
import { windowsOf } from "./snapshot-window.js";

/** RG-7.2-2: a bulk update after which a snapshot equals an earlier one shows a rollback. */
export const rollbackSnapshots: MplpLogRule<GraphValue> = {
  evidence: "log",
  id: "rollback-snapshots",
  clauses: ["RG-7.2-2"],
  claim: "runtime",
  title: "A rollback restores a snapshot",
  why: "A runtime that cannot go back has to live with every wrong step of an agent.",
  fix: "Take a snapshot before and after a rollback, with nodes and edges, and name the files beside the log.",
  store: "columns",
  width: 4,
  order: "causal",
  atLeast: 2,
  observe: observeGraph,
  deliveryOf: graphDelivery,
  checks: (_graph, observations) => rollbacksIn(observations),
};

function rollbacksIn(observations: readonly Observation<GraphValue>[]): number {
  const timed = observations.filter(({ instant }) => instant !== undefined);
  const ordered = [...timed].sort((a, b) => seconds(a) - seconds(b));
  const snapshots = snapshotsOf(ordered);
  return windowsOf(snapshots, updatesOf(ordered)).filter(({ before, after, inside, atBefore, atAfter }) => {
    const hasBulk = [...inside, ...atBefore, ...atAfter].some(({ kind }) => kind === "bulk");
    const earlier = snapshots.slice(0, Math.max(0, snapshots.indexOf(after)));
    return hasBulk && !isEqual(before, after) && earlier.some((snapshot) => isEqual(snapshot, after));
  }).length;
}

function seconds({ instant }: Observation<GraphValue>): number {
  return instant === undefined ? 0 : instant.seconds + instant.fraction;
}

/** Snapshots that list nothing are not known to be equal. */
function isEqual({ listed: a }: SnapshotEntry, { listed: b }: SnapshotEntry): boolean {
  if (a.nodes === undefined || b.nodes === undefined) return false;
  return signature(a) === signature(b);
}

function signature({ nodes = [], edges = [] }: SnapshotEntry["listed"]): string {
  const sorted = (items: typeof nodes) =>
    items
      .map(([id, digest]) => JSON.stringify([id, digest]))
      .sort()
      .join();
  return `${sorted(nodes)};${sorted(edges)}`;
}
