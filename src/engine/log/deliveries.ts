import { type Group, picked } from "../../model/group.js";
import { NumberSet } from "../memory/number-set.js";

/** Up to this number of observations, comparing all pairs is the fastest way. */
const FEW = 8;

/**
 * Drops redeliveries: of the observations for which `deliveryOf` gives the same number, only the first stays. An
 * observation for which it gives undefined stays too.
 */
export function deliveredOnce<Value>(
  group: Group<Value>,
  deliveryOf: (value: Value) => number | undefined,
): Group<Value> {
  if (group.length <= FEW && allDiffer(group, deliveryOf)) return group;
  const seen = new NumberSet(group.length);
  const places = new Uint32Array(group.length);
  let kept = 0;
  let place = 0;
  for (const { value } of group) {
    const delivery = deliveryOf(value);
    if (delivery === undefined || seen.add(delivery)) places[kept++] = place;
    place++;
  }
  return kept === group.length ? group : picked(group, places.subarray(0, kept));
}

function allDiffer<Value>(group: Group<Value>, deliveryOf: (value: Value) => number | undefined): boolean {
  for (let later = 1; later < group.length; later++) {
    const delivery = deliveryAt(group, later, deliveryOf);
    if (delivery === undefined) continue;
    for (let earlier = 0; earlier < later; earlier++)
      if (deliveryAt(group, earlier, deliveryOf) === delivery) return false;
  }
  return true;
}

function deliveryAt<Value>(
  group: Group<Value>,
  index: number,
  deliveryOf: (value: Value) => number | undefined,
): number | undefined {
  const observation = group.at(index);
  return observation === undefined ? undefined : deliveryOf(observation.value);
}
