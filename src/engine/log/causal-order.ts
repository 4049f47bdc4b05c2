import { type Group, picked } from "../../model/group.js";
import type { Instant } from "../../model/observation.js";
import { numberAt } from "../memory/number-at.js";

/**
 * Sorts observations by instant (Integration Spec 13.2: arrival order is not assumed). The sort is stable, so that
 * ties keep log order. An observation without a readable instant stays after the one before it.
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
  const times = new Ascending();
  for (const { instant } of group) if (!times.take(instant)) return false;
  return true;
}

/** Tells whether instants come in their order. */
export class Ascending {
  #last: Instant = { seconds: Number.NEGATIVE_INFINITY, fraction: 0 };

  /** False if this instant is before an earlier one. One that cannot be read is in order anywhere. */
  take(instant: Instant | undefined): boolean {
    if (instant === undefined) return true;
    const { seconds, fraction } = this.#last;
    if (instant.seconds < seconds || (instant.seconds === seconds && instant.fraction < fraction))
      return false;
    this.#last = instant;
    return true;
  }
}
