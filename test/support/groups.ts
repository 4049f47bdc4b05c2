import type { Entry } from "../../src/engine/keep/store.js";
import type { Observation } from "../../src/model/rule.js";

/** The groups of a store, with their observations in lists. */
export function listed(groups: Iterable<Entry>): [key: string, observations: Observation<unknown>[]][] {
  return [...groups].map(({ key, observations }) => [key, [...observations]]);
}
