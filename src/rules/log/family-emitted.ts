import type { ClauseId } from "../../spec/clauses.js";
import type { EventFamily } from "../../spec/families.js";
import type { MplpLogRule } from "../define.js";

/** The working half of the rules that a claimed runtime emits the events of a required family. */
export function familyEmitted(
  family: EventFamily,
  clause: ClauseId,
): Pick<
  MplpLogRule<number>,
  "evidence" | "clauses" | "claim" | "store" | "order" | "atLeast" | "observe" | "combine" | "conclude"
> {
  const message = `the log has no ${family} event`;
  return {
    evidence: "log",
    clauses: [clause],
    claim: "runtime",
    store: "map",
    order: "log",
    atLeast: 1,
    observe: ({ subject }) =>
      subject.kind === "event" && subject.family === family ? { key: family, value: 1 } : undefined,
    combine: (earlier, later) => earlier + later,
    conclude: (keys, { isComplete, emit, leaveOpen }) => {
      if (keys > 0) return;
      if (isComplete) emit({ at: { input: 0, line: 0 }, absent: true, message, pointer: "" });
      else leaveOpen(clause, `${message}; with --complete that is a violation`);
    },
  };
}
