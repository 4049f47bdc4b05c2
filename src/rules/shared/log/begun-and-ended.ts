import type { Group } from "../../../model/group.js";
import type { LogDraft, Observation } from "../../../model/rule.js";
import type { ValueOf } from "../../../model/source.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import type { mapSessions, saSteps } from "../../sources/profiles.js";
import type { MplpLogRule } from "../define.js";
import { sayMissing } from "./missing.js";
import { isBefore } from "./order.js";

type Half = ValueOf<typeof mapSessions | typeof saSteps>;

/** The finding about something that has begun and never ends. */
export interface BegunAndEnded {
  readonly finding: Pick<LogDraft<ClauseId>, "message" | "level">;
  readonly clause: ClauseId;
}

/**
 * The judging half of rules by which everything that has begun must end in a complete log. No clause demands that in
 * these words, so a history without a finding does not count as a check of the clause.
 */
export function begunAndEnded({
  finding,
  clause,
}: BegunAndEnded): Required<Pick<MplpLogRule<Half>, "checks" | "judge">> {
  return {
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
function openIn(history: Group<Half>): Observation<Half> | undefined {
  let begun: Observation<Half> | undefined;
  for (const entry of history) if (entry.value.half === "begun") begun = entry;
  if (begun === undefined) return undefined;
  for (const entry of history)
    if (entry.value.half === "ended" && (begun.instant === undefined || !isBefore(entry, begun)))
      return undefined;
  return begun;
}
