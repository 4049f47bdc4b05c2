import { escapeSegment, segmentsOf } from "../model/pointer.js";
import type { Oddity } from "../model/subject.js";

/** The offset where a text stops being JSON, and what would have been valid there. */
export interface SyntaxError {
  readonly offset: number;
  readonly expected: string;
}

/** An open container, and its current member or element. */
interface Frame {
  readonly isArray: boolean;
  name: string;
  index: number;
  keys: Set<string> | undefined;
}

interface Visitor {
  /** Called before each value; `frames` is the path to it. Offsets are in UTF-16 code units. */
  value?(offset: number, frames: readonly Frame[]): void;
  /** Called after each value, with the offset after it. */
  end?(offset: number, frames: readonly Frame[]): void;
  /** Called for each key of an object with the offsets of its quotes, the closing one included. */
  name?(start: number, end: number): void;
  /** Called for each key of an object, after the colon, with the offset of its value. */
  key?(valueOffset: number, frames: readonly Frame[], repeated: boolean): void;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Reads a JSON text of any depth without building its value. Used for the few records about which JSON.parse
 * tells too little: the place of a value, a repeated key, the fault of a broken text.
 */
function walk(text: string, visitor: Visitor): SyntaxError | undefined {
  const frames: Frame[] = [];
  let at = skipBlank(text, 0);
  for (;;) {
    // A value starts at `at`.
    visitor.value?.(at, frames);
    const opener = text[at];
    if (opener === "{" || opener === "[") {
      const isArray = opener === "[";
      const inside = skipBlank(text, at + 1);
      if (text[inside] !== (isArray ? "]" : "}")) {
        frames.push({ isArray, name: "", index: 0, keys: undefined });
        const next = isArray ? inside : readKey(text, inside, frames, visitor);
        if (typeof next !== "number") return next;
        at = next;
        continue;
      }
      at = inside + 1;
    } else {
      const past = pastScalar(text, at);
      if (typeof past !== "number") return past;
      at = past;
    }
    visitor.end?.(at, frames);
    // A value has ended at `at`: close containers until one goes on.
    for (;;) {
      at = skipBlank(text, at);
      const frame = frames.at(-1);
      if (frame === undefined)
        return at === text.length ? undefined : { offset: at, expected: "the end of the record" };
      if (text[at] === ",") {
        const inside = skipBlank(text, at + 1);
        frame.index++;
        const next = frame.isArray ? inside : readKey(text, inside, frames, visitor);
        if (typeof next !== "number") return next;
        at = next;
        break;
      }
      if (text[at] !== (frame.isArray ? "]" : "}")) {
        return { offset: at, expected: frame.isArray ? '"," or "]"' : '"," or "}"' };
      }
      frames.pop();
      at++;
      visitor.end?.(at, frames);
    }
  }
}

function readKey(text: string, at: number, frames: readonly Frame[], visitor: Visitor): number | SyntaxError {
  const end = pastString(text, at);
  if (end < 0) return { offset: at, expected: text[at] === '"' ? "a complete string" : "a key in quotes" };
  visitor.name?.(at, end);
  const colon = skipBlank(text, end);
  if (text[colon] !== ":") return { offset: colon, expected: '":"' };
  const frame = frames.at(-1);
  const valueAt = skipBlank(text, colon + 1);
  if (frame !== undefined) {
    const raw = text.slice(at + 1, end - 1);
    frame.name = raw.includes("\\") ? (JSON.parse(text.slice(at, end)) as string) : raw;
    if (visitor.key !== undefined) visitor.key(valueAt, frames, isRepeated(frame));
  }
  return valueAt;
}

function isRepeated(frame: Frame): boolean {
  frame.keys ??= new Set();
  const { size } = frame.keys;
  return frame.keys.add(frame.name).size === size;
}

function pastScalar(text: string, at: number): number | SyntaxError {
  const first = text[at];
  if (first === '"') {
    const end = pastString(text, at);
    return end < 0 ? { offset: at, expected: "a complete string" } : end;
  }
  const end = Math.max(match(NUMBER, text, at), match(LITERAL, text, at));
  return end < 0 ? { offset: at, expected: "a value" } : end;
}

/**
 * The offset after the string that starts at `at`, or -1. A loop, because a pattern would recurse on long strings.
 */
function pastString(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x22) return -1;
  let next = at + 1;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    if (code === 0x22) return next + 1;
    if (code < 0x20) return -1;
    next = code === 0x5c ? match(ESCAPE, text, next) : next + 1;
    if (next < 0) return -1;
  }
  return -1;
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    at++;
  }
  return at;
}

function nameOf(frame: Frame): string {
  return frame.isArray ? String(frame.index) : frame.name;
}

function pointerOf(frames: readonly Frame[]): string {
  return frames.map((frame) => `/${escapeSegment(nameOf(frame))}`).join("");
}

/** The longest pointer that we build. The sender chooses the keys, and a pointer of megabytes helps nobody. */
const MAX_POINTER = 1000;

function pointerLength(frames: readonly Frame[]): number {
  let length = 0;
  for (const frame of frames) length += 1 + nameOf(frame).length;
  return length;
}

function boundedPointer(frames: readonly Frame[]): string {
  return frames.length > MAX_POINTER || pointerLength(frames) > MAX_POINTER ? "" : pointerOf(frames);
}

/** The syntax error of a text that JSON.parse refuses; undefined if it is valid JSON. */
export function syntaxErrorOf(text: string): SyntaxError | undefined {
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
