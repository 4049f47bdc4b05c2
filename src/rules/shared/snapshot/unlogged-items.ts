import { signed } from "../../../model/counted.js";
import { escapeSegment } from "../../../model/pointer.js";
import type { LogDraft } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import { type Counted, SINGULAR } from "./counted.js";
import type { UpdateEntry } from "./graph-observation.js";
import type { Item } from "./snapshot-items.js";
import { Activity, type Window } from "./snapshot-window.js";

const ITEM = { nodes: "a node", edges: "an edge" } as const;

/**
 * The nodes or edges that differ although the window has no event of that kind. Where the totals add up, additions
 * and deletions may still be more than those that are logged.
 */
export function unloggedIn(list: Counted, window: Window, addsUp: boolean): readonly LogDraft<ClauseId>[] {
  const changes = changesOf(list, window);
  if (changes === undefined) return [];
  const updates = new Activity();
  for (const part of [window.inside, window.atBefore, window.atAfter]) updates.include(part);
  const items = unloggedItems(list, window, changes, updates);
  const isNamed = items.some(({ level }) => level === undefined);
  return isNamed || !addsUp ? items : [...items, ...hiddenIn(list, window, changes, updates)];
}

/** Additions and deletions that cancel each other out in the totals, because one event may report several. */
function hiddenIn(
  list: Counted,
  { before, after }: Window,
  { added, removed }: Changes,
  { kinds, gained, lost }: Activity,
): LogDraft<ClauseId>[] {
  if (mayBeAny(kinds)) return [];
  if (added.length <= gained[list] && removed.length <= -lost[list]) return [];
  const logged = `${signed(gained[list])} and ${signed(lost[list])} by graph_updates`;
  return [
    {
      at: after.at,
      related: [before.at],
      message: `more ${list} were added or deleted than the graph_updates report`,
      hint: `${list}: ${added.length} added and ${removed.length} deleted, ${logged}`,
      pointer: `/${list}`,
    },
  ];
}

/** True if an update may have changed anything. */
function mayBeAny(kinds: ReadonlySet<UpdateEntry["kind"]>): boolean {
  return kinds.has("bulk") || kinds.has("unknown") || kinds.has("uncounted");
}

function unloggedItems(
  list: Counted,
  { before, after }: Window,
  { added, removed, changed }: Changes,
  { kinds, gained, lost }: Activity,
): LogDraft<ClauseId>[] {
  const what = SINGULAR[list];
  const has = (kind: UpdateEntry["kind"]): boolean => kinds.has(kind) || mayBeAny(kinds);
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
  const item = ITEM[list];
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

/** The names of the members: added or changed items are in the later list, deleted ones in the earlier list. */
interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** How the list of one snapshot differs from that of the other; undefined where one of them has none. */
function changesOf(list: Counted, { before: first, after: second }: Window): Changes | undefined {
  const [earlier, later] = [first.listed[list], second.listed[list]];
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
