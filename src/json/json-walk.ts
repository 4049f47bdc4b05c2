import { escapeSegment } from "../model/pointer.js";

/** The offset where a text stops being JSON, and what would have been valid there. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly expected: string;
}

/** An open container, and its current member or element. */
export interface Frame {
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
export function walk(text: string, visitor: Visitor): SyntaxProblem | undefined {
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

function readKey(
  text: string,
  at: number,
  frames: readonly Frame[],
  visitor: Visitor,
): number | SyntaxProblem {
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

function pastScalar(text: string, at: number): number | SyntaxProblem {
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

export function nameOf(frame: Frame): string {
  return frame.isArray ? String(frame.index) : frame.name;
}

export function pointerOf(frames: readonly Frame[]): string {
  return frames.map((frame) => `/${escapeSegment(nameOf(frame))}`).join("");
}

/** The longest pointer that we build. The sender chooses the keys, and a pointer of megabytes helps nobody. */
export const MAX_POINTER = 1000;

export function pointerLength(frames: readonly Frame[]): number {
  let length = 0;
  for (const frame of frames) length += 1 + nameOf(frame).length;
  return length;
}

export function boundedPointer(frames: readonly Frame[]): string {
  return frames.length > MAX_POINTER || pointerLength(frames) > MAX_POINTER ? "" : pointerOf(frames);
}
