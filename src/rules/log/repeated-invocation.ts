import type { Position } from "../../model/rule.js";
import { instantOf } from "../../spec/instant.js";
import type { MplpLogRule } from "../define.js";

/**
 * IS-13.2-1, where event_id cannot show it: the same invocation, status and time under another event_id,
 * and integration events without an envelope that are equal throughout.
 */
export const repeatedInvocation: MplpLogRule<number> = {
  evidence: "log",
  id: "repeated-invocation",
  clauses: ["IS-13.2-1"],
  title: "Repeated integration events",
  why: "Adapters deliver again what was not acknowledged; whoever counts invocations must know the copies.",
  fix: "Nothing has to be done where consumers deduplicate by invocation_id, status and timestamp.",
  scopes: ["integration"],
  store: "columns",
  order: "log",
  atLeast: 2,
  observe: ({ record, event, integration }) => {
    if (integration === undefined) return undefined;
    if (integration.base === "") return { key: `bare ${record.digests.content}`, value: BARE };
    const { invocation_id: id, status } = integration.value;
    const instant = instantOf(event.timestamp);
    if (integration.kind !== "tool_event" || typeof id !== "string" || typeof status !== "string")
      return undefined;
    if (instant === undefined) return undefined;
    return {
      key: `${id}\n${status}\n${instant.seconds} ${instant.fraction}`,
      value: 1 + record.digests.delivery,
    };
  },
  // Copies without an envelope are all there is to tell; of those with one, event-id-unique tells.
  deliveryOf: (value) => (value === BARE ? undefined : value),
  judge: (_key, observations, { emit }) => {
    let first: Position | undefined;
    for (const { value, at } of observations) {
      first ??= at;
      if (at === first) continue;
      emit({
        at,
        related: [first],
        level: "NOTE",
        ...(value === BARE
          ? { message: "the integration event is a copy of an earlier one", pointer: "" }
          : {
              message: "invocation_id, status and timestamp are those of an earlier event",
              pointer: "/payload/invocation_id",
            }),
      });
    }
  },
};

const BARE = 0;
