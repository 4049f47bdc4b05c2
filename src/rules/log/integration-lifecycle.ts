import type { IntegrationKind } from "../../model/subject.js";
import type { MplpLogRule } from "../define.js";
import { deliveryOf, factsIn, historyEntry } from "./history.js";
import { type ExecutionLifecycle, judgeLifecycle, statusNumber } from "./lifecycle.js";

const STATUSES = ["pending", "running", "succeeded", "failed", "cancelled"];
/** One more status than there are, for the unknown ones. */
const STATUS_NUMBERS = STATUSES.length + 1;

/** The observing and judging halves of the lifecycle rules of tool and CI events. */
export function integrationLifecycle(
  kind: IntegrationKind,
  subject: string,
  idFields: readonly string[],
): Pick<
  MplpLogRule<number>,
  "evidence" | "scopes" | "store" | "order" | "deliveryOf" | "atLeast" | "observe" | "judge"
> {
  const lifecycle: ExecutionLifecycle = {
    subject,
    statuses: STATUSES,
    statusOf: (entry) => factsIn(entry) % STATUS_NUMBERS,
    pointerOf: (entry) => (factsIn(entry) >= STATUS_NUMBERS ? "/status" : "/payload/status"),
  };
  return {
    evidence: "log",
    scopes: ["integration"],
    store: "columns",
    order: "causal",
    deliveryOf,
    atLeast: 2,
    observe: (examined) => {
      const { integration } = examined;
      if (integration?.kind !== kind) return undefined;
      // Whether the event is bare decides where its status stands.
      const place = integration.base === "" ? STATUS_NUMBERS : 0;
      const facts = place + statusNumber(STATUSES, integration.value.status);
      return historyEntry(
        examined,
        idFields.map((field) => integration.value[field]),
        facts,
      );
    },
    judge: (_id, history, judging) => judgeLifecycle(history, lifecycle, judging),
  };
}
