import { counted } from "../model/counted.js";
import { isWhole, type PartRange, type Parts, partWords } from "../model/part.js";
import { StateError } from "./state-error.js";

/** The parts of one state, or of the run itself, with what messages call it. */
export interface NamedParts {
  readonly name: string;
  readonly parts: Parts;
  readonly isState: boolean;
}

type Numbered = NamedParts & { readonly parts: Parts & { readonly range: PartRange } };

/** What is expected of the parts of a run. */
export interface Expected {
  /** The number of runs that there must be; undefined if nothing says it. */
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
      `${without.name} has no part, and ${first.name} is ${partWords(first.parts.range)}: give all a --part`,
    );
  const found = first?.parts.range.of ?? runs;
  if (expected !== undefined && expected !== found) {
    const words = found === 1 ? "there is 1" : `there are ${found}`;
    throw new StateError(
      `${counted(expected, "part")} ${expected === 1 ? "was" : "were"} expected, and ${words}`,
    );
  }
  if (first === undefined) {
    const unaccounted = expected === undefined ? unaccountedIn(all) : 0;
    return { runs, ...(unaccounted > 0 && { unaccounted }) };
  }
  let last = first;
  for (const next of others) {
    refuseUnlessNext(last, next, others);
    last = next;
  }
  const range = { first: first.parts.range.first, last: last.parts.range.last, of: first.parts.range.of };
  if (!mayContinue) refuseUnlessWhole(range);
  return { runs, range };
}

/** States of several runs, or a state that was made of such states. What a run reads itself follows its one state. */
function unaccountedIn(all: readonly NamedParts[]): number {
  const states = all.filter(({ isState }) => isState);
  const before = states.reduce((sum, { parts }) => sum + (parts.unaccounted ?? 0), 0);
  return states.length > 1 || before > 0
    ? states.reduce((sum, { parts }) => sum + (parts.unaccounted ?? 1), 0)
    : 0;
}

/** Sorts states by their parts; states without one keep their places. */
export function byPart(all: readonly NamedParts[]): readonly NamedParts[] {
  if (!all.every(isNumbered)) return all;
  return [...all].sort((a, b) => a.parts.range.first - b.parts.range.first);
}

function isNumbered(each: NamedParts): each is Numbered {
  return each.parts.range !== undefined;
}

function refuseUnlessNext(last: Numbered, next: Numbered, all: readonly Numbered[]): void {
  const [before, after] = [last.parts.range, next.parts.range];
  if (before.of !== after.of)
    throw new StateError(
      `${last.name} is ${partWords(last.parts.range)}, and ${next.name} is ${partWords(next.parts.range)}`,
    );
  if (after.first <= before.last && after.last >= before.first) {
    const twice = Math.max(before.first, after.first);
    throw new StateError(`part ${twice} of ${before.of} comes twice: in ${last.name} and in ${next.name}`);
  }
  if (after.first < before.first)
    throw new StateError(
      `${next.name} is ${partWords(next.parts.range)} and comes after ${partWords(last.parts.range)}: mind the order`,
    );
  if (after.first <= before.last + 1) return;
  const late = all.find(({ parts: { range } }) => range.of === before.of && range.first === before.last + 1);
  if (late === undefined) throw new StateError(missing(before.last + 1, after.first - 1, before.of));
  throw new StateError(
    `${next.name} is ${partWords(after)} and comes before ${partWords(late.parts.range)}: mind the order`,
  );
}

function refuseUnlessWhole(range: PartRange): void {
  if (isWhole(range)) return;
  const { first, last, of } = range;
  if (first > 1) throw new StateError(missing(1, first - 1, of));
  throw new StateError(missing(last + 1, of, of));
}

function missing(first: number, last: number, of: number): string {
  return first === last
    ? `part ${first} of ${of} is missing`
    : `parts ${first} to ${last} of ${of} are missing`;
}
