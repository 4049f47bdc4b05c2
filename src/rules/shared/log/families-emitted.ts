import type { NonEmpty } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import { type EventFamily, isEventFamily } from "../../../protocol/fields/families.js";
import type { MplpLogRule } from "../define.js";
import { sayMissing } from "./missing.js";

const EMITTED = true;

/** The working half of the rules that a claimed runtime emits events of certain families. */
export function familiesEmitted(
  families: NonEmpty<EventFamily>,
  clause: ClauseId,
): Pick<
  MplpLogRule<true>,
  | "evidence"
  | "clauses"
  | "claim"
  | "scopes"
  | "store"
  | "order"
  | "atLeast"
  | "observe"
  | "keeps"
  | "checks"
  | "conclude"
> {
  return {
    evidence: "log",
    clauses: [clause],
    claim: "runtime",
    scopes: ["event"],
    store: "map",
    order: "log",
    atLeast: 1,
    observe: ({ subject }) => {
      const family = subject.kind === "event" ? subject.family : undefined;
      return isEventFamily(family) && families.includes(family) ? { key: family, value: EMITTED } : undefined;
    },
    keeps: "first",
    checks: (_family, [events]) => events?.count ?? 0,
    conclude: (kept, judging) => {
      for (const family of families) {
        if (kept.of(family).length > 0) continue;
        const message = `the log has no ${family} event`;
        sayMissing(clause, { at: { input: 0, line: 0 }, absent: true, message, pointer: "" }, judging);
      }
    },
  };
}
