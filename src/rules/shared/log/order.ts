import type { Group } from "../../../model/group.js";
import type { Instant, Observation } from "../../../model/rule.js";

type Any = Observation<unknown>;

function compare(a: Instant, b: Instant): number {
  return a.seconds === b.seconds ? a.fraction - b.fraction : a.seconds - b.seconds;
}

/** True if two instants are equal. */
export function isSameInstant(a: Instant, b: Instant): boolean {
  return a.seconds === b.seconds && a.fraction === b.fraction;
}

/** The earlier of two instants that are known. */
export function earlierOf(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compare(b, a) < 0 ? b : a;
}

/**
 * True if an observation is known to have happened before another; observations without a readable instant come last.
 */
export function isBefore(a: Any, b: Any): boolean {
  return a.instant !== undefined && (b.instant === undefined || compare(a.instant, b.instant) < 0);
}

/**
 * True if an observation is known to have happened after another; observations without a readable instant come first.
 */
export function isAfter(a: Any, b: Any): boolean {
  return a.instant !== undefined && (b.instant === undefined || compare(a.instant, b.instant) > 0);
}

/** True if an observation is at or after another: by instant, or by line where one has none. */
export function follows(a: Any, b: Any): boolean {
  return a.instant !== undefined && b.instant !== undefined ? !isBefore(a, b) : !isAhead(a, b);
}

/** True if an observation stands before another in the log. */
export function isAhead({ at: a }: Any, { at: b }: Any): boolean {
  return a.input === b.input ? a.line < b.line : a.input < b.input;
}

/** The later one of two, given in any order; of equal instants, the one that stands first in the log. */
export function laterOf<Value>(a: Observation<Value>, b: Observation<Value>): Observation<Value> {
  if (isAfter(a, b)) return a;
  return isAfter(b, a) || isAhead(b, a) ? b : a;
}

/** The one of some observations that stands first in the log. */
export function firstIn<Value>(observations: readonly Observation<Value>[]): Observation<Value> | undefined {
  let first: Observation<Value> | undefined;
  for (const next of observations) if (first === undefined || isAhead(next, first)) first = next;
  return first;
}

/** A run of observations that have one instant: of these nobody knows which came first. */
interface Moment {
  readonly from: number;
  readonly to: number;
}

/** The moments of a group in causal order; what has no readable instant is of that before it. */
export function* momentsOf(group: Group<unknown>): Generator<Moment> {
  let from = 0;
  let last: Instant | undefined;
  for (let to = 0; to < group.length; to++) {
    const instant = group.at(to)?.instant;
    if (instant === undefined) continue;
    if (last !== undefined && !isSameInstant(instant, last)) {
      yield { from, to };
      from = to;
    }
    last = instant;
  }
  if (from < group.length) yield { from, to: group.length };
}
