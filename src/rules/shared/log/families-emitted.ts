import type { NonEmpty } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import type { EventFamily } from "../../../protocol/fields/families.js";
import { familyEvents } from "../../sources/events.js";
import type { MplpLogRule } from "../define.js";
import { sayMissing } from "./missing.js";

/** The shared code of rules that require a claimed runtime to emit certain families. */
export function familiesEmitted(families: NonEmpty<EventFamily>, clause: ClauseId) {
  return {
    clauses: [clause],
    claim: "runtime",
    source: familyEvents(families),
    checks: (_family, [events]) => events?.count ?? 0,
    conclude: (kept, judging) => {
      for (const family of families) {
        if (kept.of(family).length > 0) continue;
        const message = `the log has no ${family} event`;
        sayMissing(clause, { at: { input: 0, line: 0 }, absent: true, message, pointer: "" }, judging);
      }
    },
  } satisfies Partial<MplpLogRule<true>>;
}
