import type { Group } from "../../../model/group.js";
import type { Examined, LogDraft, Observation } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import type { MplpLogRule } from "../define.js";
import { deliveryOf, factsIn, historyEntry } from "./history.js";
import { sayMissing } from "./missing.js";
import { isBefore } from "./order.js";

const BEGUN = 0;
const ENDED = 1;

/** Words for an end, those of the profiles and those that the profiles do not have. */
const ENDINGS =
  "(?:Completed|Failed|Cancelled|Canceled|Aborted|Skipped|Ended|Closed|Terminated|TimedOut|Expired)";

/** What profile events say of things that begin and end. */
export interface BegunAndEnded {
  readonly profile: "sa" | "map";
  /** What its event types begin with. */
  readonly type: string;
  /** The finding about one that never ends. */
  readonly finding: Pick<LogDraft<ClauseId>, "message" | "level">;
  readonly clause: ClauseId;
  /** The ids that name a thing; one that is no string names nothing. */
  idsOf(event: Examined["event"]): readonly unknown[];
}

type Halves = Pick<
  MplpLogRule<number>,
  "evidence" | "scopes" | "store" | "order" | "deliveryOf" | "atLeast" | "observe" | "checks" | "judge"
>;

/**
 * The observing and judging halves of the rules that what has begun ends in a complete log. They put nothing to
 * the test of which a clause speaks, so they count for none.
 */
export function begunAndEnded({ profile, type, finding, clause, idsOf }: BegunAndEnded): Halves {
  const ending = new RegExp(`^${type}${ENDINGS}$`);
  return {
    evidence: "log",
    scopes: [profile],
    store: "columns",
    order: "causal",
    deliveryOf,
    atLeast: 1,
    observe: (examined) => {
      const { subject, event } = examined;
      if (subject.kind !== "profile-event" || typeof event.event_type !== "string") return undefined;
      if (event.event_type === `${type}Started`) return historyEntry(examined, idsOf(event), BEGUN);
      return ending.test(event.event_type) ? historyEntry(examined, idsOf(event), ENDED) : undefined;
    },
    checks: () => 0,
    judge: (_key, history, judging) => {
      judging.meet(clause);
      const open = judging.isComplete ? openIn(history) : undefined;
      if (open !== undefined)
        sayMissing(clause, { at: open.at, pointer: "/event_type", ...finding }, judging);
    },
  };
}

/** The last beginning, where no end may be that of it. */
function openIn(history: Group<number>): Observation<number> | undefined {
  let begun: Observation<number> | undefined;
  for (const entry of history) if (factsIn(entry) === BEGUN) begun = entry;
  if (begun === undefined) return undefined;
  for (const entry of history)
    if (factsIn(entry) === ENDED && (begun.instant === undefined || !isBefore(entry, begun)))
      return undefined;
  return begun;
}
