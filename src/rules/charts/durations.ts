import type { Instant } from "../../model/observation.js";
import { COARSEST, FINEST } from "../../model/time-bins.js";
import { count, list } from "../shared/source/forms.js";

/** The first bin is of durations below 2 ** FINEST seconds; each further one ends at twice the seconds. */
const BINS = COARSEST - FINEST + 1;

const SHORTEST = 2 ** FINEST;

/** How many durations there are in each bin. */
export type Durations = number[];

export const durationsForm = list(count);

export function noDurations(): Durations {
  return new Array<number>(BINS).fill(0);
}

/** Counts the time between two instants. */
export function addDuration(durations: Durations, from: Instant, to: Instant): void {
  const seconds = to.seconds - from.seconds + (to.fraction - from.fraction);
  let bin = 0;
  for (let end = SHORTEST; seconds >= end && bin < BINS - 1; end *= 2) bin++;
  durations[bin] = (durations[bin] ?? 0) + 1;
}

/** The bins that hold something, in seconds. */
export function durationBins(
  durations: Durations,
): { readonly from: number; readonly to: number; readonly count: number }[] {
  return durations.flatMap((count, bin) =>
    count === 0 ? [] : [{ from: bin === 0 ? 0 : 2 ** (FINEST + bin - 1), to: 2 ** (FINEST + bin), count }],
  );
}

/** Adds numbers to numbers, place by place. */
export function addAll(into: number[], others: readonly number[]): void {
  for (const [index, other] of others.entries()) into[index] = (into[index] ?? 0) + other;
}

/** The place of a name among known ones; after them if it is not known. */
export function placeAmong(names: readonly string[], name: string | undefined): number {
  const index = name === undefined ? -1 : names.indexOf(name);
  return index < 0 ? names.length : index;
}
