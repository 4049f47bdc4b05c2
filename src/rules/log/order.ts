import type { Instant, Observation } from "../../model/rule.js";

type Any = Observation<unknown>;

function compare(a: Instant, b: Instant): number {
  return a.seconds === b.seconds ? a.fraction - b.fraction : a.seconds - b.seconds;
}

/** Whether an observation is known to have happened before another; what has no readable instant comes last. */
export function isBefore(a: Any, b: Any): boolean {
  return a.instant !== undefined && (b.instant === undefined || compare(a.instant, b.instant) < 0);
}

/** Whether an observation is known to have happened after another; what has no readable instant comes first. */
export function isAfter(a: Any, b: Any): boolean {
  return a.instant !== undefined && (b.instant === undefined || compare(a.instant, b.instant) > 0);
}

/** Whether an observation is at or after another: by instant, or by line where one has none. */
export function follows(a: Any, b: Any): boolean {
  return a.instant !== undefined && b.instant !== undefined ? !isBefore(a, b) : !isAhead(a, b);
}

/** Whether an observation stands before another in the log. */
export function isAhead({ at: a }: Any, { at: b }: Any): boolean {
  return a.input === b.input ? a.line < b.line : a.input < b.input;
}

/** The one of some observations that stands first in the log. */
export function firstIn<Value>(observations: readonly Observation<Value>[]): Observation<Value> | undefined {
  let first: Observation<Value> | undefined;
  for (const next of observations) if (first === undefined || isAhead(next, first)) first = next;
  return first;
}
