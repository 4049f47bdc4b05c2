import type { Group } from "../../../model/group.js";
import type { Instant, Position } from "../../../model/rule.js";
import { momentsOf } from "../log/order.js";
import { type Change, COUNTED, type Counted } from "./counted.js";
import {
  type GraphValue,
  isSnapshot,
  type SnapshotEntry,
  snapshotIn,
  type UpdateEntry,
  updateIn,
} from "./graph-observation.js";
import { MAX_SUMS } from "./sums.js";

/** What follows a snapshot: up to the next one, or to the end of the log. */
export interface Interval {
  readonly before: SnapshotEntry;
  /** Updates at the very instant of the snapshot, which may lie on either side of it. */
  readonly atBefore: Activity;
  /** Updates after that instant, and before that of the next snapshot. */
  readonly inside: Activity;
}

/** Two snapshots that follow each other, and what the graph_updates from one to the other amount to. */
export interface Window extends Interval {
  readonly after: SnapshotEntry;
  readonly atAfter: Activity;
}

export function isWindow(stretch: Interval): stretch is Window {
  return "after" in stretch;
}

/** True if some of the updates have deltas that cannot be added up. */
export function hasUncounted(stretch: Interval | Window): boolean {
  const { atBefore, inside } = stretch;
  const activities = isWindow(stretch) ? [atBefore, inside, stretch.atAfter] : [atBefore, inside];
  return activities.some(({ kinds }) => kinds.has("uncounted"));
}

/** What some graph_updates amount to. */
export class Activity {
  readonly kinds = new Set<UpdateEntry["kind"]>();
  /** The sums of the deltas. */
  readonly total = { nodes: 0, edges: 0 };
  /** The sums of the deltas above 0, and of those below. */
  readonly gained = { nodes: 0, edges: 0 };
  readonly lost = { nodes: 0, edges: 0 };
  /** The lowest that the sums come to, over the parts that were included; 0 where they never fall below it. */
  readonly lowest = { nodes: 0, edges: 0 };
  /** The update with which they come to it. */
  readonly lowestAt: { [what in Counted]?: Position } = {};
  /** The first update that takes something away; not over parts that were included. */
  readonly losingAt: { [what in Counted]?: Position } = {};
  /** The single deltas; only as many as the search for choices can handle. */
  readonly changes: Change[] = [];

  get isChange(): boolean {
    return COUNTED.some((what) => this.gained[what] > 0 || this.lost[what] < 0);
  }

  add({ kind, nodes, edges, at }: UpdateEntry): void {
    this.kinds.add(kind);
    const isChange = nodes !== 0 || edges !== 0;
    if (isChange && this.changes.length <= MAX_SUMS) this.changes.push({ nodes, edges });
    if (nodes < 0) this.losingAt.nodes ??= at;
    if (edges < 0) this.losingAt.edges ??= at;
    this.#sum(
      { nodes, edges },
      { nodes: Math.max(nodes, 0), edges: Math.max(edges, 0) },
      { nodes: Math.min(nodes, 0), edges: Math.min(edges, 0) },
    );
  }

  /**
   * Adds what the updates of another moment amount to; their single changes are left out. Their order is unknown; in
   * the most favourable order, the total never falls below their sum.
   */
  include(moment: Activity): void {
    for (const kind of moment.kinds) this.kinds.add(kind);
    this.#sum(moment.total, moment.gained, moment.lost);
    for (const what of COUNTED) {
      if (this.total[what] >= this.lowest[what]) continue;
      this.lowest[what] = this.total[what];
      const losing = moment.losingAt[what];
      if (losing !== undefined) this.lowestAt[what] = losing;
    }
  }

  #sum(total: Change, gained: Change, lost: Change): void {
    for (const what of COUNTED) {
      this.total[what] += total[what];
      this.gained[what] += gained[what];
      this.lost[what] += lost[what];
    }
  }
}

/**
 * What follows each snapshot of one graph, in causal order. Updates and snapshots without an instant are ignored, and
 * so are snapshots of one instant that disagree.
 */
export function* stretchesOf(group: Group<GraphValue>): Generator<Window | Interval> {
  let before: SnapshotEntry | undefined;
  let atBefore = new Activity();
  let inside = new Activity();
  for (const { from, to } of momentsOf(group)) {
    const here = activityIn(group, from, to);
    const after = snapshotBetween(group, from, to);
    if (after === undefined) {
      inside.include(here);
      continue;
    }
    if (before !== undefined) yield { before, atBefore, inside, after, atAfter: here };
    [before, atBefore, inside] = [after, here, new Activity()];
  }
  if (before !== undefined) yield { before, atBefore, inside };
}

export function* windowsOf(group: Group<GraphValue>): Generator<Window> {
  for (const stretch of stretchesOf(group)) if (isWindow(stretch)) yield stretch;
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

/** The snapshot at some places of a group; of several that agree, the one that lists most. */
function snapshotBetween(group: Group<GraphValue>, from: number, to: number): SnapshotEntry | undefined {
  let fullest: SnapshotEntry | undefined;
  for (let place = from; place < to; place++) {
    const observation = group.at(place);
    const snapshot = observation === undefined ? undefined : snapshotIn(observation);
    if (snapshot === undefined) continue;
    if (fullest !== undefined && !agree(fullest, snapshot)) return undefined;
    if (fullest === undefined || listsIn(snapshot) > listsIn(fullest)) fullest = snapshot;
  }
  return fullest;
}

/** The snapshots of one graph and one instant that disagree: each with the first of its instant. */
export function* disagreementsIn(group: Group<GraphValue>): Generator<[SnapshotEntry, SnapshotEntry]> {
  let first: SnapshotEntry | undefined;
  for (const observation of group) {
    const snapshot = isSnapshot(observation) ? snapshotIn(observation) : undefined;
    if (snapshot === undefined) continue;
    if (first === undefined || !isSameInstant(first.instant, snapshot.instant)) first = snapshot;
    else if (!agree(first, snapshot)) yield [first, snapshot];
  }
}

function isSameInstant(a: Instant | undefined, b: Instant | undefined): boolean {
  return a?.seconds === b?.seconds && a?.fraction === b?.fraction;
}

/** True if two snapshots say the same, as far as both say it. */
function agree(a: SnapshotEntry, b: SnapshotEntry): boolean {
  return COUNTED.every((what) => a[what] === b[what]) && COUNTED.every((what) => listAlike(what, a, b));
}

function listAlike(what: Counted, a: SnapshotEntry, b: SnapshotEntry): boolean {
  const [ours, theirs] = [a.listed[what], b.listed[what]];
  if (ours === undefined || theirs === undefined) return true;
  const digests = new Map(ours.map(([id, digest]) => [id, digest]));
  return theirs.every(([id, digest]) => digests.get(id) === digest);
}

function listsIn({ listed }: SnapshotEntry): number {
  return COUNTED.filter((what) => listed[what] !== undefined).length;
}

/** True if a window could have broken the clause: something differs, or an update changes a count. */
export function isPutToTheTest({ before, after, inside, atBefore, atAfter }: Window): boolean {
  return [inside, atBefore, atAfter].some(({ isChange }) => isChange) || !agree(before, after);
}
