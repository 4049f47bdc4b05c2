import { type Group, picked } from "../../model/group.js";
import { numberAt } from "../memory/number-at.js";

/**
 * Sorts observations by instant (Integration Spec 13.2: arrival order is not assumed). The sort is stable, so that
 * ties keep log order. An observation without a readable instant stays behind the one before it.
 */
export function inCausalOrder<Value>(group: Group<Value>): Group<Value> {
  if (isInOrder(group)) return group;
  const seconds = new Float64Array(group.length);
  const fractions = new Float64Array(group.length);
  const places = new Uint32Array(group.length);
  let last = { seconds: Number.NEGATIVE_INFINITY, fraction: 0 };
  let place = 0;
  for (const { instant } of group) {
    last = instant ?? last;
    seconds[place] = last.seconds;
    fractions[place] = last.fraction;
    places[place] = place;
    place++;
  }
  places.sort((a, b) => {
    const [earlier, later] = [numberAt(seconds, a), numberAt(seconds, b)];
    if (earlier !== later) return earlier < later ? -1 : 1;
    return numberAt(fractions, a) - numberAt(fractions, b) || a - b;
  });
  return picked(group, places);
}

function isInOrder(group: Group<unknown>): boolean {
  let last = { seconds: Number.NEGATIVE_INFINITY, fraction: 0 };
  for (const { instant } of group) {
    if (instant === undefined) continue;
    const { seconds, fraction } = instant;
    if (seconds < last.seconds || (seconds === last.seconds && fraction < last.fraction)) return false;
    last = instant;
  }
  return true;
}
