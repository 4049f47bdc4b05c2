import type { Observation } from "../../model/rule.js";
import type { IntegrationFacet, IntegrationKind } from "../../model/subject.js";
import type { ClauseId } from "../../spec/clauses.js";
import { instantOf } from "../../spec/instant.js";
import type { MplpLogRule } from "../define.js";
import { sayMissing } from "./missing.js";
import { follows, isAfter, isAhead } from "./order.js";

/** Where the integration event stands in its record. */
export type Base = IntegrationFacet["base"];

const GRAPH_UPDATE = "graph_update";
const OTHER = "other";
const NO_INSTANT = { key: GRAPH_UPDATE, value: "" } as const;

/**
 * The working half of the rules that file and Git events cover certain kinds of change, and that the
 * PSG is updated after them: a graph_update at or after the last of them, by instant.
 *
 * @param field the payload's member that tells the kinds apart
 */
export function integrationFollowed(
  kind: IntegrationKind,
  field: string,
  wanted: readonly string[],
  clause: ClauseId,
): Pick<
  MplpLogRule<Base>,
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
    observe: ({ subject, event, integration }) => {
      if (integration?.kind === kind) {
        const { value, base } = integration;
        const key = wanted.find((known) => known === value[field]) ?? OTHER;
        const instant = instantOf(value.timestamp) ?? instantOf(event.timestamp);
        return instant === undefined ? { key, value: base } : { key, value: base, instant };
      }
      if (subject.kind !== "event" || subject.family !== GRAPH_UPDATE) return undefined;
      const instant = instantOf(event.timestamp);
      return instant === undefined ? NO_INSTANT : { key: GRAPH_UPDATE, value: "", instant };
    },
    combine: latestOf,
    checks: (key, [events]) => (key === GRAPH_UPDATE ? 0 : (events?.count ?? 0)),
    conclude: (kept, judging) => {
      const last = [...wanted, OTHER].flatMap((key) => kept.of(key)).reduce(laterOf, undefined);
      if (last === undefined) return;
      const lacking = wanted.filter((key) => kept.of(key).length === 0);
      if (lacking.length > 0) {
        const message = `the log has no ${kind} of ${field} ${lacking.join(", ")}`;
        const at = { input: last.at.input, line: 0 };
        sayMissing(clause, { at, absent: true, message, pointer: "" }, judging);
      }
      const [update] = kept.of(GRAPH_UPDATE);
      if (update !== undefined && follows(update, last)) return;
      const draft = {
        at: last.at,
        message: `no graph_update follows the last ${kind}`,
        pointer: `${last.value}/timestamp`,
        ...(update !== undefined && { related: [update.at], relatedPointer: "/timestamp" }),
      };
      sayMissing(clause, draft, judging);
    },
  };
}

/** The one that happened later; of equal instants, the earlier line. */
function latestOf(earlier: Observation<Base>, later: Observation<Base>): Observation<Base> {
  return isAfter(later, earlier) ? later : earlier;
}

/** The same of observations that stand in any order. */
function laterOf(last: Observation<Base> | undefined, next: Observation<Base>): Observation<Base> {
  if (last === undefined || isAfter(next, last)) return next;
  return isAfter(last, next) || isAhead(last, next) ? last : next;
}
