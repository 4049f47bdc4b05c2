import { segmentsOf } from "../model/pointer.js";
import type { Oddity } from "../model/subject.js";
import {
  boundedPointer,
  type Frame,
  MAX_POINTER,
  nameOf,
  pointerLength,
  pointerOf,
  type SyntaxProblem,
  walk,
} from "./json-walk.js";

/** The syntax error of a text that JSON.parse refuses; undefined if it is valid JSON. */
export function syntaxErrorOf(text: string): SyntaxProblem | undefined {
  return walk(text, {});
}

/** Offsets of a value in its text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the value at a JSON Pointer; for a repeated key the last one, as JSON.parse does. For a missing value, finds
 * the nearest object around it.
 */
export function locate(text: string, pointer: string): Span {
  const wanted = segmentsOf(pointer);
  const found = { start: 0, end: text.length };
  let openDepth = -1;
  /** The number of leading members that the current path shares with the pointer. */
  let agreed = 0;
  const leadsTo = (frames: readonly Frame[]): boolean => {
    const depth = frames.length;
    const last = frames[depth - 1];
    if (last === undefined) return true;
    if (agreed < depth - 1 || depth > wanted.length) return false;
    agreed = nameOf(last) === wanted[depth - 1] ? depth : depth - 1;
    return agreed === depth;
  };
  walk(text, {
    value: (offset, frames) => {
      if (!leadsTo(frames)) return;
      openDepth = frames.length;
      found.start = offset;
      found.end = text.length;
    },
    end: (offset, frames) => {
      if (frames.length !== openDepth) return;
      found.end = offset;
      openDepth = -1;
    },
  });
  return found;
}

/** Limit for one record: far more than a person reads, and a bound on the cost of a hostile one. */
const MAX_ODDITIES = 10_000;

/** Facts that JSON.parse hides: repeated keys, and keys named __proto__. */
export function odditiesOf(text: string): Oddity[] {
  const oddities: Oddity[] = [];
  const add = (kind: Oddity["kind"], offset: number, frames: readonly Frame[]): void => {
    if (oddities.length < MAX_ODDITIES) oddities.push({ kind, offset, pointer: boundedPointer(frames) });
  };
  walk(text, {
    key: (offset, frames, repeated) => {
      if (repeated) add("duplicate-key", offset, frames);
      else if (frames.at(-1)?.name === "__proto__") add("prototype-key", offset, frames);
    },
  });
  return oddities;
}

/** The spans of all values by their pointers, for callers that need many. For a repeated key, only the last value. */
export function locateAll(text: string): ReadonlyMap<string, Span> {
  const replaced = replacedValues(text);
  const spans = new Map<string, Span>();
  const starts: number[] = [];
  let replacedDepth = Number.POSITIVE_INFINITY;
  walk(text, {
    value: (offset, frames) => {
      starts.push(offset);
      if (replaced.has(offset)) replacedDepth = Math.min(replacedDepth, frames.length);
    },
    end: (offset, frames) => {
      const start = starts.pop();
      const isReplaced = frames.length >= replacedDepth;
      if (frames.length === replacedDepth) replacedDepth = Number.POSITIVE_INFINITY;
      if (start === undefined || isReplaced || frames.length > INDEXED_DEPTH || spans.size >= MAX_INDEXED)
        return;
      if (pointerLength(frames) <= MAX_POINTER) spans.set(pointerOf(frames), { start, end: offset });
    },
  });
  return spans;
}

/** A value without children, or the name of a member. */
export interface Scalar extends Span {
  /** Undefined for names of members, and for pointers too long to use. */
  readonly pointer: string | undefined;
  /** The name of the member that a value belongs to; undefined for elements of arrays, and for names themselves. */
  readonly member: string | undefined;
  readonly isName: boolean;
}

/** Every scalar value and every member name of a text, in order, up to the first syntax error. */
export function scalarsOf(text: string): readonly Scalar[] {
  const scalars: Scalar[] = [];
  let start = -1;
  walk(text, {
    value: (offset) => {
      start = text[offset] === "{" || text[offset] === "[" ? -1 : offset;
    },
    end: (end, frames) => {
      if (start < 0) return;
      const pointer = pointerLength(frames) <= MAX_POINTER ? pointerOf(frames) : undefined;
      const last = frames.at(-1);
      const member = last === undefined || last.isArray ? undefined : last.name;
      scalars.push({ start, end, pointer, member, isName: false });
      start = -1;
    },
    name: (from, end) =>
      void scalars.push({ start: from, end, pointer: undefined, member: undefined, isName: true }),
  });
  return scalars;
}

/** Offsets of the values that a later value of the same key replaces. */
function replacedValues(text: string): ReadonlySet<number> {
  const replaced = new Set<number>();
  const latest = new WeakMap<Frame, Map<string, number>>();
  walk(text, {
    key: (offset, frames, repeated) => {
      const frame = frames.at(-1);
      if (frame === undefined) return;
      const offsets = latest.get(frame) ?? new Map<string, number>();
      latest.set(frame, offsets);
      const earlier = offsets.get(frame.name);
      if (repeated && earlier !== undefined) replaced.add(earlier);
      offsets.set(frame.name, offset);
    },
  });
  return replaced;
}

/** A value that a later one of the same key replaces. */
export interface Replaced extends Span {
  readonly member: string;
  /** Leads to the value that counts; "" if it is too long to use. */
  readonly pointer: string;
}

/** The replaced values of a text, without values nested in another replaced value. */
export function replacedIn(text: string): readonly Replaced[] {
  const replaced = replacedValues(text);
  const found: Replaced[] = [];
  const starts: number[] = [];
  let inside = 0;
  walk(text, {
    value: (offset) => {
      starts.push(offset);
      if (replaced.has(offset)) inside++;
    },
    end: (end, frames) => {
      const start = starts.pop();
      if (start === undefined || !replaced.has(start)) return;
      inside--;
      if (inside > 0) return;
      found.push({ start, end, member: frames.at(-1)?.name ?? "", pointer: boundedPointer(frames) });
    },
  });
  return found;
}

/** Schemas and invariants do not look deeper, so defects cannot lie deeper. */
export const INDEXED_DEPTH = 8;

/** Largest number of indexed values; further ones get the record's place. */
const MAX_INDEXED = 200_000;
