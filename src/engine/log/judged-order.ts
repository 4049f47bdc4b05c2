import type { Group } from "../../model/group.js";
import type { Source } from "../../model/source.js";
import { NumberSet } from "../memory/number-set.js";
import { Ascending, inCausalOrder } from "./causal-order.js";
import { deliveredOnce } from "./deliveries.js";

/** Up to this number, observations are a list, and two passes through it take no time. */
const FEW = 64;

/**
 * Brings the observations of a key into the order in which they are judged. Drops redeliveries before it sorts: an event
 * without a time keeps the place of its first delivery.
 */
export function judgedOrderOf(source: Source): (observations: Group<unknown>) => Group<unknown> {
  const deliveryOf = source.deliveryOf?.bind(source);
  if (source.order === "log" && deliveryOf === undefined) return (observations) => observations;
  if (deliveryOf === undefined) return inCausalOrder;
  if (source.order === "log") return (observations) => deliveredOnce(observations, deliveryOf);
  return (observations) => {
    if (observations.length < 2) return observations;
    if (observations.length > FEW && isInOrderOnce(observations, deliveryOf)) return observations;
    return inCausalOrder(deliveredOnce(observations, deliveryOf));
  };
}

/** True for observations that are in causal order, each of another delivery. */
function isInOrderOnce(group: Group<unknown>, deliveryOf: (value: unknown) => number | undefined): boolean {
  const [times, seen] = [new Ascending(), new NumberSet(group.length)];
  for (const { value, instant } of group) {
    if (!times.take(instant)) return false;
    const delivery = deliveryOf(value);
    if (delivery !== undefined && !seen.add(delivery)) return false;
  }
  return true;
}
