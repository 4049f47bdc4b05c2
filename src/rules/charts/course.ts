import type { Group } from "../../model/group.js";
import type { Instant, Observation } from "../../model/observation.js";
import { isBefore } from "../shared/log/order.js";

interface Statused {
  readonly status: string | undefined;
}

/** How a stage or an execution went. */
export interface Course {
  /** The status that ended it, or else the last known one. */
  readonly status: string | undefined;
  /** From its first "running", or else from its first status, to its end; undefined if the log does not show both. */
  readonly span: { readonly from: Instant; readonly to: Instant } | undefined;
}

/**
 * @param history in causal order
 * @param ending the statuses that end it
 */
export function courseOf(history: Group<Statused>, ending: ReadonlySet<string>): Course {
  let [last, running, begun]: [string?, Instant?, Instant?] = [];
  let end: Observation<Statused> | undefined;
  for (const entry of history) {
    const { status } = entry.value;
    if (status === undefined) continue;
    const isEnd = ending.has(status);
    // The order of equal instants is unknown: an end among them counts.
    if (end !== undefined && !isEnd && !isBefore(end, entry)) continue;
    last = status;
    end = isEnd ? entry : undefined;
    if (!isEnd) begun ??= entry.instant;
    if (status === "running") running ??= entry.instant;
  }
  const [from, to] = [running ?? begun, end?.instant];
  return { status: last, span: from === undefined || to === undefined ? undefined : { from, to } };
}
