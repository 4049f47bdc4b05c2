import type { Observation } from "../../model/rule.js";
import type { IntegrationKind } from "../../model/subject.js";
import type { ClauseId } from "../../spec/clauses.js";
import { instantOf } from "../../spec/instant.js";
import type { MplpLogRule } from "../define.js";
import { sayMissing } from "./missing.js";
import { follows, isAfter, isAhead } from "./order.js";
import { latestOf, type Tallied } from "./tallied.js";

const GRAPH_UPDATE = "graph_update";
const OTHER = "other";

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
  MplpLogRule<Tallied>,
  "evidence" | "clauses" | "store" | "order" | "atLeast" | "observe" | "combine" | "checks" | "conclude"
> {
  return {
    evidence: "log",
    clauses: [clause],
    store: "map",
    order: "log",
    atLeast: 1,
    observe: ({ subject, event, integration }) => {
      if (integration?.kind === kind) {
        const { value, base } = integration;
        const key = wanted.find((known) => known === value[field]) ?? OTHER;
        const instant = instantOf(value.timestamp) ?? instantOf(event.timestamp);
        return { key, value: { count: 1, base }, ...(instant !== undefined && { instant }) };
      }
      if (subject.kind !== "event" || subject.family !== GRAPH_UPDATE) return undefined;
      const instant = instantOf(event.timestamp);
      const value: Tallied = { count: 1, base: "" };
      return { key: GRAPH_UPDATE, value, ...(instant !== undefined && { instant }) };
    },
    combine: latestOf,
    checks: (key, [events]) => (key === GRAPH_UPDATE ? 0 : (events?.value.count ?? 0)),
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
        pointer: `${last.value.base}/timestamp`,
        ...(update !== undefined && { related: [update.at], relatedPointer: "/timestamp" }),
      };
      sayMissing(clause, draft, judging);
    },
  };
}

/** The later of two by instant; of equal instants, the earlier line. */
function laterOf(last: Observation<Tallied> | undefined, next: Observation<Tallied>): Observation<Tallied> {
  if (last === undefined || isAfter(next, last)) return next;
  return isAfter(last, next) || isAhead(last, next) ? last : next;
}
