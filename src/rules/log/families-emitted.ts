import type { NonEmpty } from "../../model/rule.js";
import type { ClauseId } from "../../spec/clauses.js";
import { type EventFamily, isEventFamily } from "../../spec/families.js";
import type { MplpLogRule } from "../define.js";
import { sayMissing } from "./missing.js";

/** The working half of the rules that a claimed runtime emits events of certain families. */
export function familiesEmitted(
  families: NonEmpty<EventFamily>,
  clause: ClauseId,
): Pick<
  MplpLogRule<number>,
  | "evidence"
  | "clauses"
  | "claim"
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
    claim: "runtime",
    store: "map",
    order: "log",
    atLeast: 1,
    observe: ({ subject }) => {
      if (subject.kind !== "event" || !isEventFamily(subject.family)) return undefined;
      return families.includes(subject.family) ? { key: subject.family, value: 1 } : undefined;
    },
    combine: (earlier, later) => ({ ...earlier, value: earlier.value + later.value }),
    checks: (_family, [events]) => events?.value ?? 0,
    conclude: (kept, judging) => {
      for (const family of families) {
        if (kept.of(family).length > 0) continue;
        const message = `the log has no ${family} event`;
        sayMissing(clause, { at: { input: 0, line: 0 }, absent: true, message, pointer: "" }, judging);
      }
    },
  };
}
