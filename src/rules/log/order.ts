import type { Observation } from "../../model/rule.js";

/** Whether one observation happened before another; one without a readable instant is before all that have one. */
export function isBefore(a: Observation<unknown>, b: Observation<unknown>): boolean {
  if (a.instant === undefined && b.instant === undefined) return isAhead(a, b);
  if (a.instant === undefined || b.instant === undefined) return a.instant === undefined;
  if (a.instant.seconds !== b.instant.seconds) return a.instant.seconds < b.instant.seconds;
  return a.instant.fraction < b.instant.fraction;
}

/** Whether an observation is at or after another: by instant, or by line where one has none. */
export function follows(a: Observation<unknown>, b: Observation<unknown>): boolean {
  return a.instant !== undefined && b.instant !== undefined ? !isBefore(a, b) : !isAhead(a, b);
}

/** Whether an observation stands before another in the log. */
export function isAhead({ at: a }: Observation<unknown>, { at: b }: Observation<unknown>): boolean {
  return a.input === b.input ? a.line < b.line : a.input < b.input;
}
