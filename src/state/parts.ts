import type { Parts } from "../model/part.js";
import { StateError } from "./state-error.js";

/** The parts of one state, or of the run itself, with what messages call it. */
export interface NamedParts {
  readonly name: string;
  readonly parts: Parts;
}

type Numbered = NamedParts & { readonly parts: Required<Parts> };

/** What is expected of the parts of a run. */
export interface Expected {
  /** How many runs there must be; undefined where nobody says. */
  readonly runs?: number | undefined;
  /** True if a state is written that others are going to complete. */
  readonly mayContinue: boolean;
}

/**
 * Adds up the parts of states, in the order of the log.
 *
 * @throws StateError if a part is missing, comes twice, is out of order, or belongs to another number of parts
 */
export function joinedParts(all: readonly NamedParts[], { runs: expected, mayContinue }: Expected): Parts {
  const runs = all.reduce((sum, { parts }) => sum + parts.runs, 0);
  const numbered = all.filter(isNumbered);
  const without = all.find((each) => !isNumbered(each));
  const [first, ...others] = numbered;
  if (first !== undefined && without !== undefined)
    throw new StateError(
      `${without.name} has no part, and ${first.name} is ${partWords(first)}: give all a --part`,
    );
  if (expected !== undefined && expected !== (first?.parts.range.of ?? runs))
    throw new StateError(`${expected} parts were expected, and there are ${first?.parts.range.of ?? runs}`);
  if (first === undefined) return { runs };
  let last = first;
  for (const next of others) {
    refuseUnlessNext(last, next);
    last = next;
  }
  const range = { first: first.parts.range.first, last: last.parts.range.last, of: first.parts.range.of };
  if (!mayContinue) refuseUnlessWhole(range);
  return { runs, range };
}

/** Sorts states by their parts; states without one keep their places. */
export function byPart(all: readonly NamedParts[]): readonly NamedParts[] {
  if (!all.every(isNumbered)) return all;
  return [...all].sort((a, b) => a.parts.range.first - b.parts.range.first);
}

function isNumbered(each: NamedParts): each is Numbered {
  return each.parts.range !== undefined;
}

function refuseUnlessNext(last: Numbered, next: Numbered): void {
  const [before, after] = [last.parts.range, next.parts.range];
  if (before.of !== after.of)
    throw new StateError(`${last.name} is ${partWords(last)}, and ${next.name} is ${partWords(next)}`);
  if (after.first <= before.last && after.last >= before.first) {
    const twice = Math.max(before.first, after.first);
    throw new StateError(`part ${twice} of ${before.of} comes twice: in ${last.name} and in ${next.name}`);
  }
  if (after.first < before.first)
    throw new StateError(
      `${next.name} is ${partWords(next)} and comes after ${partWords(last)}: mind the order`,
    );
  if (after.first > before.last + 1)
    throw new StateError(missing(before.last + 1, after.first - 1, before.of));
}

function refuseUnlessWhole({ first, last, of }: Required<Parts>["range"]): void {
  if (first > 1) throw new StateError(missing(1, first - 1, of));
  if (last < of) throw new StateError(missing(last + 1, of, of));
}

function missing(first: number, last: number, of: number): string {
  return first === last
    ? `part ${first} of ${of} is missing`
    : `parts ${first} to ${last} of ${of} are missing`;
}

function partWords({ parts: { range } }: Numbered): string {
  const { first, last, of } = range;
  return first === last ? `part ${first} of ${of}` : `parts ${first} to ${last} of ${of}`;
}
