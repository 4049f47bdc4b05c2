import { INDEXED_DEPTH, locate, locateAll, type Span } from "../../json/json-scan.js";
import type { Excerpt } from "../../model/finding.js";
import { printable } from "../../model/printable.js";
import type { LogRecord } from "../../model/subject.js";
import { identifyingMembers } from "./identity.js";

/** The place of a value, relative to its record's block. */
interface Place {
  /** 0-based line of the record's start; in a document the value's own line, in a broken record that of the fault. */
  readonly line: number;
  /** 1-based, in UTF-16 code units: the value's column if it is on that line, otherwise the record's. */
  readonly column: number;
  /** The value's own line (0-based) and the text around it. */
  readonly excerpt: Excerpt;
  /** The family of the event; undefined if the record is none, or of no known family. */
  readonly family?: string;
  /** When it happened, in words; left out if the record does not tell. */
  readonly time?: string;
}

/** What a record says about itself, as far as the caller can tell. */
type Told = Pick<Place, "family" | "time">;

/** A stretch of a record's text that must not be shown, and its replacement. */
export interface Hidden extends Span {
  readonly shown: string;
}

/** Returns the stretches of a record that must not be shown, in the order of the text. */
export type Hiding = (record: LogRecord) => readonly Hidden[];

/** Places values of records; excerpts never show hidden text. */
export interface Placing {
  /** Places the value at a pointer. For a missing value, places the object that lacks it. */
  placeOf(record: LogRecord, pointer: string): Place;
  /** Places the stretch of a record's text at an offset. */
  placeAt(record: LogRecord, offset: number): Place;
}

/** @param told gives what else the place of a record says; default: nothing */
export function placing(hiddenIn: Hiding, told: (record: LogRecord) => Told = () => ({})): Placing {
  return {
    placeOf: (record, pointer) => ({ ...placeValue(record, pointer, hiddenIn(record)), ...told(record) }),
    placeAt: (record, start) => ({
      ...placeSpan(record, { start, end: start + 1 }, hiddenIn(record)),
      ...told(record),
    }),
  };
}

function placeValue(record: LogRecord, pointer: string, hidden: readonly Hidden[]): Place {
  const { start, end } = spanOf(record, pointer);
  const isContainer = record.text[start] === "{" || record.text[start] === "[";
  if (!isContainer) return placeSpan(record, { start, end }, hidden);
  const place = placeSpan(record, { start, end: start + 1 }, hidden);
  // Behind the brace of a member, names of the record would look like its own.
  const isRecord = start === spanOf(record, "").start;
  return isRecord ? withIdentity(place, record, hidden) : place;
}

/** The place of a record. Its first characters identify nothing, so the excerpt adds its name. */
function withIdentity(place: Place, record: LogRecord, hidden: readonly Hidden[]): Place {
  // In a broken record only the text near the fault is hidden.
  const isWhole = record.document === undefined && !("malformed" in record);
  const members = isWhole ? identifyingMembers(record.text, spansOf(record)) : [];
  if (members.length === 0) return place;
  const named = members.map(({ name, start, end }) => {
    const until = endOutside(hidden, Math.min(end, start + IDENTITY));
    return `"${name}":${visible(record.text, start, until, hidden)}${until < end ? "…" : ""}`;
  });
  const { excerpt } = place;
  const head = excerpt.text.slice(0, excerpt.start + excerpt.length);
  return { ...place, excerpt: { ...excerpt, text: `${head}… ${named.join(", ")} …` } };
}

/** Longest shown value that identifies a record, in characters: a UUID with its quotes fits. */
const IDENTITY = 40;

const BEFORE = 36;
const VALUE = 60;
const AFTER = 24;

function placeSpan(record: LogRecord, { start, end }: Span, hidden: readonly Hidden[]): Place {
  const { text, line, column } = record;
  const ends = lineEndsOf(record);
  const lineIndex = firstAtLeast(ends, start);
  const lineStart = lineIndex === 0 ? 0 : (ends[lineIndex - 1] ?? 0) + 1;
  const lineEnd = ends[lineIndex] ?? text.length;
  // The input spells this text differently, so use the place of its envelope.
  if (record.carriage?.isText === true)
    return { line, column, excerpt: excerptOf(text, { lineStart, lineEnd, start, end, line }, hidden) };
  const isOwn = record.document !== undefined || "malformed" in record;
  return {
    line: isOwn ? line + lineIndex : line,
    column: lineIndex === 0 ? column + start : isOwn ? start - lineStart + 1 : column,
    excerpt: excerptOf(text, { lineStart, lineEnd, start, end, line: line + lineIndex }, hidden),
  };
}

/** How often values of a record have been placed, and after a few times the places of all its values. */
const LOOKUPS = new WeakMap<LogRecord, Lookups>();
interface Lookups {
  count: number;
  spans?: ReadonlyMap<string, Span>;
}
const FEW = 4;

function spanOf(record: LogRecord, pointer: string): Span {
  if (record.document !== undefined) return record.document.spanOf(pointer);
  const lookups = lookupsOf(record);
  lookups.count++;
  const spans = lookups.count > FEW ? spansOf(record) : lookups.spans;
  const isDeep = pointer.split("/").length > INDEXED_DEPTH;
  if (spans === undefined || spans.size === 0 || isDeep) return locate(record.text, pointer);
  for (let known = pointer; ; known = parentOf(known)) {
    const span = spans.get(known);
    if (span !== undefined) return span;
    if (known === "") return { start: 0, end: record.text.length };
  }
}

function spansOf(record: LogRecord): ReadonlyMap<string, Span> {
  const lookups = lookupsOf(record);
  lookups.spans ??= locateAll(record.text);
  return lookups.spans;
}

function lookupsOf(record: LogRecord): Lookups {
  const lookups = LOOKUPS.get(record) ?? { count: 0 };
  LOOKUPS.set(record, lookups);
  return lookups;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

const LINE_ENDS = new WeakMap<LogRecord, readonly number[]>();

/** Offsets of the line ends inside a record's text. Only elements of JSON documents have any. */
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

function excerptOf(text: string, shown: Shown, hidden: readonly Hidden[]): Excerpt {
  const { lineStart, lineEnd, line } = shown;
  const start = startOutside(hidden, shown.start);
  const end = endOutside(hidden, Math.max(start, Math.min(shown.end, start + VALUE, lineEnd)));
  const from = startOutside(hidden, Math.max(start - BEFORE, lineStart));
  const to = endOutside(hidden, Math.min(lineEnd, end + AFTER));
  const ahead = (from > lineStart ? "…" : "") + visible(text, from, start, hidden);
  const value = visible(text, start, end, hidden);
  const behind = visible(text, end, to, hidden) + (to < lineEnd ? "…" : "");
  return { line, text: ahead + value + behind, start: ahead.length, length: Math.max(1, value.length) };
}

/** The offset, or the start of the hidden stretch around it. */
function startOutside(hidden: readonly Hidden[], offset: number): number {
  return hidden.find(({ start, end }) => start < offset && offset < end)?.start ?? offset;
}

function endOutside(hidden: readonly Hidden[], offset: number): number {
  return hidden.find(({ start, end }) => start < offset && offset < end)?.end ?? offset;
}

/** A part of the text with hidden stretches replaced. The ends of the part never cut one. */
function visible(text: string, from: number, to: number, hidden: readonly Hidden[]): string {
  let result = "";
  let at = from;
  for (const { start, end, shown } of hidden) {
    if (end <= from || start >= to) continue;
    result += printable(text.slice(at, start)) + shown;
    at = end;
  }
  return result + printable(text.slice(at, Math.max(at, to)));
}
