import type { Group } from "../../model/group.js";
import { escapeSegment } from "../../model/pointer.js";
import type { Judging, LogDraft } from "../../model/rule.js";
import type { ClauseId } from "../../spec/clauses.js";
import type { MplpLogRule } from "../define.js";
import {
  countSnapshots,
  type GraphValue,
  graphDelivery,
  holdsUnusable,
  observeGraph,
  type UpdateEntry,
} from "./graph-observation.js";
import { type Change, difference, keyOf, sumsOfChoices } from "./reconcile.js";
import type { Item } from "./snapshot-contents.js";
import { Activity, type Window, windowsOf } from "./snapshot-window.js";

const CLAUSE = "RG-7.1-2";

/** RG-7.1-2: what changed between two snapshots of a graph is what its graph_updates say. */
export const structuralChangesLogged: MplpLogRule<GraphValue> = {
  evidence: "log",
  id: "structural-changes-logged",
  clauses: [CLAUSE],
  title: "Every structural change of the PSG has its graph_update",
  why: "Whoever rebuilds the graph from its events gets another graph than the runtime has.",
  fix: "Emit a graph_update in the same step that changes the PSG, whichever module asked for the change.",
  scopes: ["graph_update", "snapshot"],
  store: "columns",
  width: 4,
  order: "causal",
  atLeast: 1,
  observe: observeGraph,
  deliveryOf: graphDelivery,
  checks: (_graph, observations) => Math.max(0, countSnapshots(observations) - 1),
  judge: (graph, observations, judging) => {
    if (holdsUnusable(graph, observations))
      judging.leaveOpen(CLAUSE, "a snapshot cannot be compared with the log");
    if (countSnapshots(observations) < 2) return;
    if (hasUntimed(observations)) {
      judging.leaveOpen(
        CLAUSE,
        "a graph_update has no readable timestamp: it may lie on either side of a snapshot",
      );
      return;
    }
    for (const { window, mismatch } of reconciled(windowsOf(observations))) {
      const named = unloggedIn(window, mismatch === undefined);
      for (const draft of named) judging.emit(draft);
      const isNamed = named.some(({ level }) => level === undefined);
      if (mismatch === "undecided")
        judging.leaveOpen(CLAUSE, "too many graph_updates bear the instant of a snapshot to be told apart");
      else if (mismatch !== undefined && !isNamed) emitMismatch(window, mismatch, judging);
      if (isNamed || (mismatch !== undefined && mismatch !== "undecided"))
        judging.leaveOpen("RG-7.1-4", "the snapshots and the log disagree about what the PSG holds");
    }
  },
};

function hasUntimed(observations: Group<GraphValue>): boolean {
  for (const { instant } of observations) if (instant === undefined) return true;
  return false;
}

/** A window with what it lacks: the change that no event tells of. */
interface Reconciled {
  readonly window: Window;
  readonly mismatch: Change | "undecided" | undefined;
}

/**
 * Looks for a choice of sides, for the updates at the instants of snapshots, with which every window adds
 * up. What is counted before a snapshot is not counted after it.
 */
function* reconciled(windows: Iterable<Window>): Generator<Reconciled> {
  let carried: Iterable<Change> | "undecided" | undefined;
  for (const window of windows) {
    const { before, after, inside, atBefore, atAfter } = window;
    carried ??= sumsOfChoices(atBefore.changes)?.values() ?? "undecided";
    const choices = sumsOfChoices(atAfter.changes);
    if (carried === "undecided" || choices === undefined) {
      carried = choices?.values() ?? "undecided";
      yield { window, mismatch: "undecided" };
      continue;
    }
    const needed = difference(difference(after, before), inside.total);
    const rest = new Map<string, Change>();
    for (const sum of carried) {
      const taken = choices.get(keyOf(difference(needed, sum)));
      if (taken === undefined) continue;
      const remaining = difference(atAfter.total, taken);
      rest.set(keyOf(remaining), remaining);
    }
    carried = rest.size > 0 ? rest.values() : choices.values();
    yield { window, mismatch: rest.size > 0 ? undefined : needed };
  }
}

function emitMismatch(
  { before, after, inside }: Window,
  { nodes, edges }: Change,
  judging: Judging<ClauseId>,
): void {
  const what = nodes !== 0 ? "node" : "edge";
  const [from, to, logged] = [before, after, inside.total].map((change) =>
    nodes !== 0 ? change.nodes : change.edges,
  );
  judging.emit({
    at: after.at,
    related: [before.at],
    message: `the graph_updates between two snapshots do not add up to the change of ${what}_count`,
    hint: `${what}s: ${from} before, ${to} after, ${signed(logged)} by graph_updates; ${signed(nodes !== 0 ? nodes : edges)} not logged`,
    pointer: `/${what}_count`,
  });
}

function signed(count = 0): string {
  return count < 0 ? String(count) : `+${count}`;
}

/**
 * What differs although the window has no event of that kind. Where the totals add up, additions and deletions
 * may still be more than those that are logged.
 */
function unloggedIn(window: Window, addsUp: boolean): LogDraft<ClauseId>[] {
  const updates = new Activity();
  for (const part of [window.inside, window.atBefore, window.atAfter]) updates.include(part);
  return (["node", "edge"] as const).flatMap((what) => {
    const changes = changesOf(what, window);
    if (changes === undefined) return [];
    const items = unloggedItems(what, window, changes, updates);
    const isNamed = items.some(({ level }) => level === undefined);
    return isNamed || !addsUp ? items : [...items, ...hiddenIn(what, window, changes, updates)];
  });
}

/** Additions and deletions that outweigh each other in the totals, one event having told of several. */
function hiddenIn(
  what: "node" | "edge",
  { before, after }: Window,
  { added, removed }: Changes,
  { kinds, gained, lost }: Activity,
): LogDraft<ClauseId>[] {
  const list = `${what}s` as const;
  if (kinds.has("bulk") || kinds.has("unknown")) return [];
  if (added.length <= gained[list] && removed.length <= -lost[list]) return [];
  const logged = `${signed(gained[list])} and ${signed(lost[list])} by graph_updates`;
  return [
    {
      at: after.at,
      related: [before.at],
      message: `more ${list} were added or deleted than the graph_updates tell of`,
      hint: `${list}: ${added.length} added and ${removed.length} deleted, ${logged}`,
      pointer: `/${list}`,
    },
  ];
}

function unloggedItems(
  what: "node" | "edge",
  { before, after }: Window,
  { added, removed, changed }: Changes,
  { kinds, gained, lost }: Activity,
): LogDraft<ClauseId>[] {
  const list = `${what}s` as const;
  const has = (kind: UpdateEntry["kind"]): boolean =>
    kinds.has(kind) || kinds.has("bulk") || kinds.has("unknown");
  const at = after.at;
  const related = [before.at];
  const here = (member: string) => ({
    at,
    related,
    pointer: pointerOf(list, member),
    relatedPointer: `/${list}`,
  });
  const gone = (member: string) => ({
    at,
    related,
    pointer: `/${list}`,
    relatedPointer: pointerOf(list, member),
  });
  const item = what === "node" ? "a node" : "an edge";
  return [
    ...(has(`${what}_add`) || gained[list] > 0 ? [] : added).map((member) => ({
      ...here(member),
      message: `${item} was added, but no graph_update adds any`,
    })),
    ...(has(`${what}_delete`) || lost[list] < 0 ? [] : removed).map((member) => ({
      ...gone(member),
      message: `${item} was deleted, but no graph_update deletes any`,
    })),
    ...(has(`${what}_update`) ? [] : changed).map((member) => ({
      ...here(member),
      message: `${item} was changed, but no graph_update changes any`,
      level: "SHOULD" as const,
    })),
  ].map((draft) => ({ ...draft, shape: `/${list}/*` }));
}

function pointerOf(list: string, member: string): string {
  return `/${list}/${escapeSegment(member)}`;
}

/** The members under which what was added or changed stands in the later list, what was deleted in the earlier. */
interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** How the list of one snapshot differs from that of the other; undefined where one of them has none. */
function changesOf(what: "node" | "edge", snapshots: Window): Changes | undefined {
  const [earlier, later] = [snapshots.before.listed[`${what}s`], snapshots.after.listed[`${what}s`]];
  if (earlier === undefined || later === undefined) return undefined;
  const before = new Map(earlier.map(([id, digest]) => [id, digest]));
  const after = new Set(later.map(([id]) => id));
  return {
    added: later.filter(([id]) => !before.has(id)).map(memberOf),
    removed: earlier.filter(([id]) => !after.has(id)).map(memberOf),
    changed: later.filter(([id, digest]) => before.has(id) && before.get(id) !== digest).map(memberOf),
  };
}

function memberOf([, , member]: Item): string {
  return member;
}
