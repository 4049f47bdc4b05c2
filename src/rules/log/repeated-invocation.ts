import type { Position } from "../../model/rule.js";
import { logRule } from "../shared/define.js";
import { areCopies, integrationCopies } from "../sources/integration-events.js";

/**
 * IS-13.2-1, where event_id cannot show it: the same invocation, status and time under another event_id, equal
 * payloads with their time, and integration events without an envelope that are equal throughout.
 */
export const repeatedInvocation = logRule({
  id: "repeated-invocation",
  clauses: ["IS-13.2-1"],
  title: "Repeated integration events",
  why: "Adapters send an event again if nobody acknowledged it; a reader that counts invocations must recognise the copies.",
  fix: "You need not change anything if consumers deduplicate by invocation_id, status and timestamp, or by payload.",
  source: integrationCopies,
  atLeast: 2,
  judge: (key, observations, { emit }) => {
    const isCopy = areCopies(key);
    let first: Position | undefined;
    for (const { value, at } of observations) {
      first ??= at;
      if (at === first) continue;
      emit({
        at,
        related: [first],
        level: "NOTE",
        ...(isCopy
          ? {
              message: "the integration event is a copy of an earlier one",
              pointer: value === undefined ? "" : "/payload",
            }
          : {
              message: "invocation_id, status and timestamp are those of an earlier event",
              pointer: "/payload/invocation_id",
            }),
      });
    }
  },
});
