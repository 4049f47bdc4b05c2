import type { Examined, Observed, Position } from "../../model/rule.js";
import type { IntegrationFacet } from "../../model/subject.js";
import { instantOf } from "../../protocol/fields/instant.js";
import type { MplpLogRule } from "../shared/define.js";
import { projectOf } from "../shared/log/project.js";

/** How the keys begin of what is a copy where all that it says is equal. */
const COPY = "copy ";
const INVOCATION = "invocation ";

/**
 * IS-13.2-1, where event_id cannot show it: the same invocation, status and time under another event_id, equal
 * payloads with their time, and integration events without an envelope that are equal throughout.
 */
export const repeatedInvocation: MplpLogRule<number> = {
  evidence: "log",
  id: "repeated-invocation",
  clauses: ["IS-13.2-1"],
  title: "Repeated integration events",
  why: "Adapters deliver again what was not acknowledged; whoever counts invocations must know the copies.",
  fix: "Nothing has to be done where consumers deduplicate by invocation_id, status and timestamp, or by payload.",
  scopes: ["integration"],
  store: "columns",
  order: "log",
  atLeast: 2,
  observe: (examined) => {
    const { record, integration } = examined;
    if (integration === undefined) return undefined;
    if (integration.base === "") return { key: `${COPY}${record.digests.content}`, value: BARE };
    return integration.kind === "tool_event"
      ? invocationIn(examined, integration)
      : payloadIn(examined, integration);
  },
  // Copies without an envelope are all there is to tell; of those with one, event-id-unique tells.
  deliveryOf: (value) => (value === BARE ? undefined : value),
  judge: (key, observations, { emit }) => {
    const isCopy = key.startsWith(COPY);
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
              pointer: value === BARE ? "" : "/payload",
            }
          : {
              message: "invocation_id, status and timestamp are those of an earlier event",
              pointer: "/payload/invocation_id",
            }),
      });
    }
  },
};

const BARE = 0;

function invocationIn(
  { record, event }: Examined,
  { value }: IntegrationFacet,
): Observed<number> | undefined {
  const { invocation_id: id, status } = value;
  const instant = instantOf(event.timestamp);
  if (typeof id !== "string" || typeof status !== "string" || instant === undefined) return undefined;
  return {
    key: `${INVOCATION}${id}\n${status}\n${instant.seconds} ${instant.fraction}`,
    value: 1 + record.digests.delivery,
  };
}

/** A payload with its time, which is the envelope's where it says none itself, of one project and adapter. */
function payloadIn({ record, event }: Examined, { value }: IntegrationFacet): Observed<number> | undefined {
  const own = instantOf(value.timestamp);
  const instant = own ?? instantOf(event.timestamp);
  if (instant === undefined) return undefined;
  const time = own === undefined ? `${instant.seconds} ${instant.fraction}` : "";
  const adapter = typeof event.source === "string" ? event.source : "";
  return {
    key: `${COPY}${record.digests.of(value)} ${time}\n${projectOf(event)}\n${adapter}`,
    value: 1 + record.digests.delivery,
  };
}
