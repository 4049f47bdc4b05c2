import type { Group } from "../../model/group.js";
import { momentsOf } from "../log/order.js";
import {
  type GraphValue,
  type SnapshotEntry,
  snapshotIn,
  type UpdateEntry,
  updateIn,
} from "./graph-observation.js";
import { type Change, MAX_SUMS } from "./reconcile.js";

/** Two snapshots that follow each other, and what the graph_updates from one to the other amount to. */
export interface Window {
  readonly before: SnapshotEntry;
  readonly after: SnapshotEntry;
  /** Updates after the first snapshot and before the second. */
  readonly inside: Activity;
  /** Updates at the very instant of one of them, which may lie on either side. */
  readonly atBefore: Activity;
  readonly atAfter: Activity;
}

/** What some graph_updates amount to. */
export class Activity {
  readonly kinds = new Set<UpdateEntry["kind"]>();
  /** The sums of the deltas. */
  readonly total = { nodes: 0, edges: 0 };
  /** The sums of the deltas above 0, and of those below. */
  readonly gained = { nodes: 0, edges: 0 };
  readonly lost = { nodes: 0, edges: 0 };
  /** The deltas, each by itself; no more of them than choices can be made of. */
  readonly changes: Change[] = [];

  add({ kind, nodes, edges }: UpdateEntry): void {
    this.kinds.add(kind);
    const isChange = nodes !== 0 || edges !== 0;
    if (isChange && this.changes.length <= MAX_SUMS) this.changes.push({ nodes, edges });
    this.#sum(
      { nodes, edges },
      { nodes: Math.max(nodes, 0), edges: Math.max(edges, 0) },
      { nodes: Math.min(nodes, 0), edges: Math.min(edges, 0) },
    );
  }

  /** Adds what other updates amount to; their single changes are left out. */
  include({ kinds, total, gained, lost }: Activity): void {
    for (const kind of kinds) this.kinds.add(kind);
    this.#sum(total, gained, lost);
  }

  #sum(total: Change, gained: Change, lost: Change): void {
    for (const what of COUNTED) {
      this.total[what] += total[what];
      this.gained[what] += gained[what];
      this.lost[what] += lost[what];
    }
  }
}

const COUNTED = ["nodes", "edges"] as const;
const NOTHING = new Activity();

/** The windows of one graph. What has no instant is passed over. */
export function* windowsOf(group: Group<GraphValue>): Generator<Window> {
  let before: SnapshotEntry | undefined;
  let atBefore = NOTHING;
  let inside = new Activity();
  for (const { from, to } of momentsOf(group)) {
    const here = activityIn(group, from, to);
    let isFirst = true;
    for (const after of snapshotsIn(group, from, to)) {
      // Two snapshots of one instant share what happened at it.
      if (before !== undefined)
        yield isFirst
          ? { before, after, inside, atBefore, atAfter: here }
          : { before, after, inside: NOTHING, atBefore: here, atAfter: NOTHING };
      before = after;
      isFirst = false;
    }
    if (isFirst) inside.include(here);
    else [atBefore, inside] = [here, new Activity()];
  }
}

function activityIn(group: Group<GraphValue>, from: number, to: number): Activity {
  const activity = new Activity();
  for (let place = from; place < to; place++) {
    const observation = group.at(place);
    const update = observation?.instant === undefined ? undefined : updateIn(observation);
    if (update !== undefined) activity.add(update);
  }
  return activity;
}

function* snapshotsIn(group: Group<GraphValue>, from: number, to: number): Generator<SnapshotEntry> {
  for (let place = from; place < to; place++) {
    const observation = group.at(place);
    const snapshot = observation === undefined ? undefined : snapshotIn(observation);
    if (snapshot !== undefined) yield snapshot;
  }
}
