import type { IntegrationKind } from "../../../model/subject.js";
import type { MplpLogRule } from "../define.js";
import { deliveryOf, factsIn, historyEntry } from "./history.js";
import { statusNumber } from "./lifecycle.js";
import { judgeRuns, type RunLifecycle } from "./run-lifecycle.js";

const STATUSES = ["pending", "running", "succeeded", "failed", "cancelled"];
/** One more status than there are, for the unknown ones. */
const STATUS_NUMBERS = STATUSES.length + 1;

/** The observing and judging halves of the lifecycle rules of tool and CI events. */
export function integrationLifecycle(
  kind: IntegrationKind,
  idFields: readonly string[],
  lifecycle: Pick<RunLifecycle, "clause" | "subject" | "ends" | "hint">,
): Pick<
  MplpLogRule<number>,
  "evidence" | "scopes" | "store" | "order" | "deliveryOf" | "atLeast" | "observe" | "checks" | "judge"
> {
  return {
    ...judgeRuns({
      ...lifecycle,
      statuses: STATUSES,
      statusOf: (entry) => factsIn(entry) % STATUS_NUMBERS,
      pointerOf: (entry) => (factsIn(entry) >= STATUS_NUMBERS ? "/status" : "/payload/status"),
    }),
    evidence: "log",
    scopes: ["integration"],
    store: "columns",
    order: "causal",
    deliveryOf,
    atLeast: 1,
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
  };
}
