import type { Excerpt } from "../model/finding.js";
import { printable } from "../model/printable.js";
import type { LogRecord } from "../model/subject.js";
import { INDEXED_DEPTH, locate, locateAll, type Span } from "./json-scan.js";

/** Where a value of a record stands, relative to the record's block. */
export interface Place {
  /** 0-based line of the record's start. */
  readonly line: number;
  /** 1-based, in UTF-16 code units: the value's where it stands on that line, else the record's. */
  readonly column: number;
  /** The value's own line (0-based) and the text around it. */
  readonly excerpt: Excerpt;
}

const BEFORE = 36;
const VALUE = 60;
const AFTER = 24;

/** Places the value that a pointer names. Of a missing value, the object that lacks it. */
export function placeOf(record: LogRecord, pointer: string): Place {
  const { start, end } = spanOf(record, pointer);
  const isContainer = record.text[start] === "{" || record.text[start] === "[";
  return placeAt(record, start, isContainer ? start + 1 : end);
}

/** Places a stretch of a record's text. */
export function placeAt(record: LogRecord, start: number, end: number = start + 1): Place {
  const { text, line, column } = record;
  const ends = lineEndsOf(record);
  const lineIndex = firstAtLeast(ends, start);
  const lineStart = lineIndex === 0 ? 0 : (ends[lineIndex - 1] ?? 0) + 1;
  const lineEnd = ends[lineIndex] ?? text.length;
  const isFirstLine = lineIndex === 0;
  return {
    line,
    column: isFirstLine ? column + start : column,
    excerpt: excerptOf(text, { lineStart, lineEnd, start, end, line: line + lineIndex }),
  };
}

/** Records of which values have been placed: how often, and once that is more than a few times, where all stand. */
const LOOKUPS = new WeakMap<LogRecord, { count: number; spans?: ReadonlyMap<string, Span> }>();
const FEW = 4;

function spanOf(record: LogRecord, pointer: string): Span {
  const lookups = LOOKUPS.get(record) ?? { count: 0 };
  LOOKUPS.set(record, lookups);
  lookups.count++;
  if (lookups.count > FEW) lookups.spans ??= locateAll(record.text);
  const { spans } = lookups;
  const isDeep = pointer.split("/").length > INDEXED_DEPTH;
  if (spans === undefined || spans.size === 0 || isDeep) return locate(record.text, pointer);
  for (let known = pointer; ; known = parentOf(known)) {
    const span = spans.get(known);
    if (span !== undefined) return span;
    if (known === "") return { start: 0, end: record.text.length };
  }
}

function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

const LINE_ENDS = new WeakMap<LogRecord, readonly number[]>();

/** Offsets of the line ends inside a record's text: none, but for elements of JSON documents. */
function lineEndsOf(record: LogRecord): readonly number[] {
  const known = LINE_ENDS.get(record);
  if (known !== undefined) return known;
  const ends: number[] = [];
  for (let at = record.text.indexOf("\n"); at >= 0; at = record.text.indexOf("\n", at + 1)) ends.push(at);
  LINE_ENDS.set(record, ends);
  return ends;
}

/** Index of the first of some ascending numbers that is not below a limit. */
function firstAtLeast(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Shown extends Span {
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly line: number;
}

function excerptOf(text: string, { lineStart, lineEnd, start, end, line }: Shown): Excerpt {
  const from = Math.max(start - BEFORE, lineStart);
  const shownEnd = Math.min(end, start + VALUE, lineEnd);
  const to = Math.min(lineEnd, shownEnd + AFTER);
  const ahead = from > lineStart ? "…" : "";
  const behind = to < lineEnd ? "…" : "";
  return {
    line,
    text: ahead + printable(text.slice(from, to)) + behind,
    start: ahead.length + start - from,
    length: Math.max(1, shownEnd - start),
  };
}
