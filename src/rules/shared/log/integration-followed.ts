import type { Examined, Kept, Observation, Observed } from "../../../model/rule.js";
import type { IntegrationFacet, IntegrationKind } from "../../../model/subject.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import { instantOf } from "../../../protocol/fields/instant.js";
import type { MplpLogRule } from "../define.js";
import { sayMissing } from "./missing.js";
import { follows, isAfter, isAhead } from "./order.js";
import { projectOf } from "./project.js";

const GRAPH_UPDATE = "graph_update";

/** The integration events after which the PSG is updated (IS 4.2). */
type ChangeKind = Extract<IntegrationKind, "file_update_event" | "git_event">;

/** A change, or an update of the PSG. */
export interface Happening {
  readonly kind: ChangeKind | typeof GRAPH_UPDATE;
  /** "" where none is named. */
  readonly project: string;
  /** Where the integration event stands in its record. */
  readonly base: IntegrationFacet["base"];
}

/**
 * The working half of the rules that the PSG is updated after changes of files and in Git: by a graph_update of the
 * same project, at or after the last of them by instant. Which kinds of change occur is not asked: a log cannot show
 * that others happened.
 */
export function integrationFollowed(
  kind: ChangeKind,
  clause: ClauseId,
): Pick<
  MplpLogRule<Happening>,
  | "evidence"
  | "clauses"
  | "scopes"
  | "store"
  | "order"
  | "atLeast"
  | "observe"
  | "combine"
  | "checks"
  | "conclude"
> {
  return {
    evidence: "log",
    clauses: [clause],
    scopes: ["integration", "graph_update"],
    store: "map",
    order: "log",
    atLeast: 1,
    observe: observeHappening,
    combine: latestOf,
    checks: (_key, events) => {
      const last = events.at(0);
      return last?.value.kind === kind ? (last.count ?? 0) : 0;
    },
    conclude: (kept, judging) => {
      const updates = lastOnes(kept, GRAPH_UPDATE);
      for (const [project, last] of lastOnes(kept, kind)) {
        const own = updatesOf(project, updates);
        if (own.some((update) => follows(update, last))) continue;
        const latest = own.length > 0 ? own.reduce(latestOfAny) : undefined;
        const draft = {
          at: last.at,
          message: `no graph_update follows the last ${kind}`,
          pointer: `${last.value.base}/timestamp`,
          ...(latest !== undefined && { related: [latest.at], relatedPointer: "/timestamp" }),
        };
        sayMissing(clause, draft, judging);
      }
    },
  };
}

/** Keeps the last change of each kind, and the last graph_update, of each project. */
function observeHappening({ subject, event, integration }: Examined): Observed<Happening> | undefined {
  if (integration?.kind === "file_update_event" || integration?.kind === "git_event") {
    const { kind, base, value } = integration;
    const instant = instantOf(value.timestamp) ?? instantOf(event.timestamp);
    return entryOf({ kind, project: projectOf(event), base }, instant);
  }
  if (subject.kind !== "event" || subject.family !== GRAPH_UPDATE) return undefined;
  return entryOf({ kind: GRAPH_UPDATE, project: projectOf(event), base: "" }, instantOf(event.timestamp));
}

function entryOf(value: Happening, instant: Observation<Happening>["instant"]): Observed<Happening> {
  const key = `${value.kind} ${value.project}`;
  return instant === undefined ? { key, value } : { key, value, instant };
}

/** The one that happened later; of equal instants, the earlier line. */
function latestOf(earlier: Observation<Happening>, later: Observation<Happening>): Observation<Happening> {
  return isAfter(later, earlier) ? later : earlier;
}

/** The same for what need not be in the order of lines. */
function latestOfAny(a: Observation<Happening>, b: Observation<Happening>): Observation<Happening> {
  return isAhead(b, a) ? latestOf(b, a) : latestOf(a, b);
}

/** The last of a kind in each project. */
function lastOnes(kept: Kept<Happening>, kind: Happening["kind"]): Map<string, Observation<Happening>> {
  const last = new Map<string, Observation<Happening>>();
  for (const [, events] of kept.groups()) {
    const event = events.at(0);
    if (event?.value.kind === kind) last.set(event.value.project, event);
  }
  return last;
}

/** The updates that may be of a project: its own, and those that name none. A change that names none may be of any. */
function updatesOf(
  project: string,
  updates: ReadonlyMap<string, Observation<Happening>>,
): readonly Observation<Happening>[] {
  if (project === "") return [...updates.values()];
  return [project, ""].flatMap((name) => updates.get(name) ?? []);
}
