import type { Span } from "../json/json-scan.js";
import { segmentsOf } from "../model/pointer.js";

/** A mapping has a few thousand characters; this limit bounds the cost of a hostile file. */
export const MAX_CHARACTERS = 512 * 1024;

/** The output of a format's reader; offsets are in UTF-16 code units of the text. */
export interface RawDocument {
  /** JSON-like data; undefined if the text is unreadable. */
  readonly value: unknown;
  /** The part of the text to show for the value at a JSON Pointer. */
  readonly spanOf: (pointer: string) => Span;
  readonly problems: readonly RawProblem[];
}

export interface RawProblem {
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
  /** True if the data lacks something that the text says. */
  readonly leavesOut?: true;
}

/** A value's part of the text, and the parts of its members or elements by name or index. */
export interface Placed {
  readonly span: Span;
  readonly members?: ReadonlyMap<string, Placed>;
}

/** Finds places in such a tree; for a missing value, the nearest value around it. */
export function spansIn(root: Placed): (pointer: string) => Span {
  return (pointer) => {
    let placed = root;
    for (const segment of segmentsOf(pointer)) {
      const member = placed.members?.get(segment);
      if (member === undefined) break;
      placed = member;
    }
    return placed.span;
  };
}

/** A text that could not be read, with the problem and its offset. */
export function unreadableDocument(offset: number, message: string, hint?: string): RawDocument {
  return {
    value: undefined,
    spanOf: () => ({ start: offset, end: offset + 1 }),
    problems: [{ offset, message, ...(hint !== undefined && { hint }) }],
  };
}

/** 1-based line and column (UTF-16 code units) of offsets into a text. */
export function linesOf(text: string): (offset: number) => { line: number; column: number } {
  const starts = startsOf(text);
  return (offset) => {
    const line = lastAtMost(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Offsets of the line starts of a text. */
export function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last of some ascending numbers that is at most the limit; 0 if all are above it. */
export function lastAtMost(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
