import { signed } from "../../model/counted.js";
import type { Group } from "../../model/group.js";
import type { Judging, LogDraft } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { logRule } from "../shared/define.js";
import { sayLost } from "../shared/log/missing.js";
import { COUNTED, type Counted, SINGULAR } from "../shared/snapshot/counted.js";
import { countSnapshots, type GraphValue, holdsUnusable } from "../shared/snapshot/graph-observation.js";
import { type Account, accountsOf } from "../shared/snapshot/reconcile.js";
import {
  disagreementsIn,
  hasUncounted,
  type Interval,
  isPutToTheTest,
  isWindow,
  stretchesOf,
  type Window,
  windowsOf,
} from "../shared/snapshot/snapshot-window.js";
import { unloggedIn } from "../shared/snapshot/unlogged-items.js";
import { graphs, MAX_COUNT } from "../sources/graphs.js";

const CLAUSE = "RG-7.1-2";

/** RG-7.1-2: what changed between two snapshots of a graph is what its graph_updates say. */
export const structuralChangesLogged = logRule({
  id: "structural-changes-logged",
  clauses: [CLAUSE],
  title: "Every structural change of the PSG has its graph_update",
  why: "If an update is missing, a reader who rebuilds the graph from its events gets another graph than the runtime has.",
  fix: "Emit a graph_update in the same step that changes the PSG, whichever module asked for the change.",
  source: graphs,
  checks: (_graph, observations) => countTested(observations),
  judge: (graph, observations, judging) => {
    if (holdsUnusable(graph, observations))
      judging.leaveOpen(CLAUSE, "a snapshot cannot be compared with the log");
    const count = countSnapshots(observations);
    if (count === 0) return;
    sayDisagreements(observations, judging);
    if (hasUntimed(observations)) {
      if (count > 1) judging.leaveOpen(CLAUSE, UNTIMED);
      return;
    }
    for (const account of accountsOf(stretchesOf(observations))) judgeAccount(account, judging);
    if (count > 1 && countTested(observations) === 0) judging.leaveUnshown(CLAUSE, UNCHANGED);
  },
});

const UNTIMED = "a graph_update has no readable timestamp: it may lie on either side of a snapshot";
const UNCOUNTED = `a graph_update has deltas that cannot be added up: no whole numbers, or beyond ${MAX_COUNT}`;
const UNCHANGED =
  "nothing changes between two snapshots of a graph: name snapshots between which the graph has changed";
const DISAGREEING = "two snapshots of one graph and one instant differ";
const TOO_MANY =
  "too many graph_updates have the instant of a snapshot, so the check cannot tell which came before it";
const LEFT_OUT = "the counts fit only without some graph_updates that have the instant of a snapshot";
const TOTALS = "if a snapshot lists no nodes or no edges, only its totals were compared";

/** How many windows could have broken the clause. */
function countTested(observations: Group<GraphValue>): number {
  if (countSnapshots(observations) < 2) return 0;
  let count = 0;
  for (const window of windowsOf(observations)) if (isPutToTheTest(window)) count++;
  return count;
}

function hasUntimed(observations: Group<GraphValue>): boolean {
  for (const { instant } of observations) if (instant === undefined) return true;
  return false;
}

function sayDisagreements(observations: Group<GraphValue>, { emit, leaveOpen }: Judging<ClauseId>): void {
  for (const [first, second] of disagreementsIn(observations)) {
    leaveOpen(CLAUSE, DISAGREEING);
    emit({
      at: second.at,
      related: [first.at],
      message: DISAGREEING,
      pointer: "/captured_at",
      level: "NOTE",
    });
  }
}

function judgeAccount(account: Account, judging: Judging<ClauseId>): void {
  const { stretch, isUndecided, leavesOut } = account;
  const lost = [...COUNTED.flatMap((what) => unaccountedFor(what, account)), ...belowZeroIn(account)];
  for (const draft of lost) sayLost(CLAUSE, draft, judging);
  if (lost.some(({ level }) => level === undefined))
    judging.leaveOpen("RG-7.1-4", "the snapshots and the log disagree about what the PSG holds");
  if (isUndecided) judging.leaveOpen(CLAUSE, hasUncounted(stretch) ? UNCOUNTED : TOO_MANY);
  if (leavesOut) sayLeftOut(stretch, judging);
  if (isWindow(stretch) && !isListed(stretch) && isPutToTheTest(stretch)) judging.limit(CLAUSE, TOTALS);
}

/** The items that no graph_update reports, or, if none can be named, the difference of the sums. */
function unaccountedFor(
  what: Counted,
  { stretch, misfits, isUndecided }: Account,
): readonly LogDraft<ClauseId>[] {
  if (!isWindow(stretch)) return [];
  const isMisfit = misfits.includes(what);
  const items = unloggedIn(what, stretch, !isMisfit && !isUndecided);
  const isNamed = items.some(({ level }) => level === undefined);
  return isMisfit && !isNamed ? [...items, mismatchOf(what, stretch)] : items;
}

function mismatchOf(what: Counted, window: Window): LogDraft<ClauseId> {
  const { before, after, inside, atBefore, atAfter } = window;
  const [from, to, logged] = [before[what], after[what], inside.total[what]];
  const aside = [atBefore, atAfter].some(({ gained, lost }) => gained[what] > 0 || lost[what] < 0)
    ? "no choice of those at the instants of the snapshots gives the rest"
    : `${signed(to - from - logged)} not logged`;
  return {
    at: after.at,
    related: [before.at],
    message: `the graph_updates between two snapshots do not add up to the change of ${SINGULAR[what]}_count`,
    hint: `${what}: ${from} before, ${to} after, ${signed(logged)} by graph_updates; ${aside}`,
    pointer: `/${SINGULAR[what]}_count`,
  };
}

function belowZeroIn({ stretch, belowZero }: Account): LogDraft<ClauseId>[] {
  const { before, atBefore, inside } = stretch;
  return belowZero.map(([what, lowest]) => ({
    at: inside.lowestAt[what] ?? atBefore.losingAt[what] ?? before.at,
    related: [before.at],
    message: `a graph has fewer than zero ${what} after this graph_update, counted from its last snapshot`,
    hint: `${what}: ${before[what]} in the snapshot, ${lowest} here; an addition is not logged, or a deletion is too large`,
    pointer: `/${SINGULAR[what]}_delta`,
    relatedPointer: `/${SINGULAR[what]}_count`,
  }));
}

function sayLeftOut(stretch: Interval | Window, { emit, leaveOpen }: Judging<ClauseId>): void {
  const { before } = stretch;
  const [at, related] = isWindow(stretch) ? [stretch.after.at, [before.at]] : [before.at, []];
  leaveOpen(CLAUSE, LEFT_OUT);
  emit({ at, related, message: LEFT_OUT, pointer: "/captured_at", level: "NOTE" });
}

/** True if both snapshots list what they count; a count of 0 needs no list. */
function isListed({ before, after }: Window): boolean {
  return [before, after].every((snapshot) =>
    COUNTED.every((what) => snapshot.listed[what] !== undefined || snapshot[what] === 0),
  );
}
