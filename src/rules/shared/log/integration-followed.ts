import type { Kept, Observation } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import { type Change, lastChanges } from "../../sources/changes.js";
import type { MplpLogRule } from "../define.js";
import { sayMissing } from "./missing.js";
import { follows, laterOf } from "./order.js";

/** The integration events after which the PSG is updated (IS 4.2). */
type ChangeKind = Exclude<Change["kind"], "graph_update">;

/**
 * The working half of the rules that the PSG is updated after changes of files and in Git: by a graph_update of the
 * same project, at or after the last of them by instant. Which kinds of change occur is not asked: a log cannot show
 * that others happened.
 */
export function integrationFollowed(kind: ChangeKind, clause: ClauseId) {
  return {
    clauses: [clause],
    source: lastChanges,
    checks: (_key, events) => {
      const last = events.at(0);
      return last?.value.kind === kind ? (last.count ?? 0) : 0;
    },
    conclude: (kept, judging) => {
      const updates = lastOnes(kept, "graph_update");
      for (const [project, last] of lastOnes(kept, kind)) {
        const own = updatesOf(project, updates);
        if (own.some((update) => follows(update, last))) continue;
        const latest = own.length > 0 ? own.reduce((a, b) => laterOf(a, b)) : undefined;
        const draft = {
          at: last.at,
          message: `no graph_update follows the last ${kind}`,
          pointer: `${last.value.base}/timestamp`,
          ...(latest !== undefined && { related: [latest.at], relatedPointer: "/timestamp" }),
        };
        sayMissing(clause, draft, judging);
      }
    },
  } satisfies Partial<MplpLogRule<Change>>;
}

/** The last of a kind in each project. */
function lastOnes(kept: Kept<Change>, kind: Change["kind"]): Map<string, Observation<Change>> {
  const last = new Map<string, Observation<Change>>();
  for (const [, events] of kept.groups()) {
    const event = events.at(0);
    if (event?.value.kind === kind) last.set(event.value.project, event);
  }
  return last;
}

/** The updates that may be of a project: its own, and those that name none. A change that names none may be of any. */
function updatesOf(
  project: string,
  updates: ReadonlyMap<string, Observation<Change>>,
): readonly Observation<Change>[] {
  if (project === "") return [...updates.values()];
  return [project, ""].flatMap((name) => updates.get(name) ?? []);
}
