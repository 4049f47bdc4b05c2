import type { Instant, Observation } from "../model/rule.js";

/**
 * Sorts observations by instant (Integration Spec 13.2: arrival order is not assumed). The sort is
 * stable, so that ties keep log order; one without a readable instant stays with the one before it.
 */
export function inCausalOrder<Value>(
  observations: readonly Observation<Value>[],
): readonly Observation<Value>[] {
  let last: Instant = { seconds: Number.NEGATIVE_INFINITY, fraction: 0 };
  const placed = observations.map((observation) => {
    last = observation.instant ?? last;
    return { observation, instant: last };
  });
  placed.sort((a, b) => compareInstants(a.instant, b.instant));
  return placed.map(({ observation }) => observation);
}

function compareInstants(a: Instant, b: Instant): number {
  if (a.seconds !== b.seconds) return a.seconds < b.seconds ? -1 : 1;
  return a.fraction - b.fraction;
}
