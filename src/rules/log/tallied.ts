import type { Observation } from "../../model/rule.js";
import { isAfter } from "./order.js";

/** How many events one observation stands for, and where in them the integration event stands. */
export interface Tallied {
  readonly count: number;
  readonly base: "" | "/payload";
}

/** Counts both, at the place of the earlier. */
export function firstOf(earlier: Observation<Tallied>, later: Observation<Tallied>): Observation<Tallied> {
  return { ...earlier, value: { ...earlier.value, count: earlier.value.count + later.value.count } };
}

/** Counts both, at the place of the one that happened later; of equal instants, of the earlier line. */
export function latestOf(earlier: Observation<Tallied>, later: Observation<Tallied>): Observation<Tallied> {
  const latest = isAfter(later, earlier) ? later : earlier;
  return { ...latest, value: { ...latest.value, count: earlier.value.count + later.value.count } };
}
