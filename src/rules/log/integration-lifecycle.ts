import type { Examined, Instant, Observed } from "../../model/rule.js";
import type { IntegrationKind } from "../../model/subject.js";
import { instantOf } from "../../spec/instant.js";
import type { MplpLogRule } from "../define.js";
import { type ExecutionLifecycle, judgeLifecycle, statusNumber } from "./lifecycle.js";

const STATUSES = ["pending", "running", "succeeded", "failed", "cancelled"];

/** The observing and judging halves of the lifecycle rules of tool and CI events. */
export function integrationLifecycle(
  kind: IntegrationKind,
  subject: string,
  idFields: readonly string[],
): Pick<MplpLogRule<number>, "evidence" | "store" | "order" | "atLeast" | "observe" | "judge"> {
  const lifecycle: ExecutionLifecycle = {
    subject,
    statuses: STATUSES,
    statusOf: (value) => value % STATUSES.length,
    pointerOf: (value) => (value < STATUSES.length ? "/payload/status" : "/status"),
  };
  return {
    evidence: "log",
    store: "columns",
    order: "causal",
    atLeast: 2,
    observe: (examined) => observe(examined, kind, idFields),
    judge: (_id, observations, judging) => judgeLifecycle(observations, lifecycle, judging),
  };
}

function observe(
  examined: Examined,
  kind: IntegrationKind,
  idFields: readonly string[],
): Observed<number> | undefined {
  const { integration } = examined;
  if (integration?.kind !== kind) return undefined;
  const ids = idFields.map((field) => integration.value[field]);
  const status = statusNumber(STATUSES, integration.value.status);
  if (status < 0 || !ids.every((id) => typeof id === "string")) return undefined;
  const instant = instantOfIntegration(examined);
  // Whether the event is bare decides where its status stands.
  const value = integration.base === "" ? STATUSES.length + status : status;
  return { key: ids.join(" "), value, ...(instant !== undefined && { instant }) };
}

/** The envelope's time; of a bare event, the latest that it states itself. */
function instantOfIntegration({ event, integration }: Examined): Instant | undefined {
  if (integration?.base === "/payload") return instantOf(event.timestamp);
  return instantOf(event.completed_at) ?? instantOf(event.started_at);
}
