import { faultOf } from "../../json/json-fault.js";
import type { Span } from "../../json/json-scan.js";
import type { JsonFault, LogRecord, MalformedRecord, ParsedRecord } from "../../model/subject.js";
import type { RecordSpan } from "../frame/blocks.js";
import { type Salvage, salvage } from "./salvage.js";

/**
 * Splits a record that is not JSON into the fault and the whole records in its text, in the order of the text.
 * A whole record with only byte order marks around it has no fault.
 *
 * @param bytes the bytes that contain the record's span
 * @param read reads a part of the bytes as a separate record
 */
export function* salvaged(
  broken: MalformedRecord,
  bytes: Buffer,
  span: RecordSpan,
  read: (part: RecordSpan) => LogRecord,
): Generator<LogRecord> {
  const { text } = broken;
  const found = salvage(text);
  const isMarked =
    broken.malformed === "not-json" && found.torn === undefined && isOnlyMarked(text, found.whole);
  let fault = isMarked ? undefined : described(broken, found);
  for (const part of spansIn(text, span, found, bytes)) {
    const record = read(part);
    if (!("value" in record)) continue;
    if (fault !== undefined && !isBehind(fault, part)) {
      yield fault;
      fault = undefined;
    }
    yield isMarked ? marked(record) : record;
  }
  if (fault !== undefined) yield fault;
}

function isBehind(a: FaultPlace, b: FaultPlace): boolean {
  return a.line > b.line || (a.line === b.line && a.column > b.column);
}

function described(broken: MalformedRecord, { whole, torn }: Salvage): MalformedRecord {
  if (broken.malformed === "not-utf8") return broken;
  if (torn !== undefined) return tornRecord(broken, torn, whole);
  return { ...broken, ...faultOf(broken.text), ...faultAround(broken.text, whole) };
}

/** The record without the whole ones before and after it, but with NUL bytes that replaced its beginning. */
function tornRecord(broken: MalformedRecord, torn: Span, whole: readonly Span[]): MalformedRecord {
  const { text, line, column } = broken;
  let start = torn.start;
  while (text[start - 1] === "\0") start--;
  const own = text.slice(start, torn.end).trimEnd();
  const isBefore = whole.some((span) => span.start >= torn.end) && !mayBeTorn(own);
  const fault = start < torn.start ? NUL_BYTES : isBefore ? textBefore(own) : faultOf(own);
  return { ...broken, ...faultPlaceOf(text, start, { line, column }), text: own, ...fault };
}

/** Brackets of a level, a process or a pod close again: those of a torn object or array do not. */
function mayBeTorn(text: string): boolean {
  return /[[{]/.test(text.replaceAll(/\[[^[\]{}]*\]/g, ""));
}

const NUL_BYTES = { offset: 0, fault: "nul-bytes" } as const;

/** Server-sent events begin each line with a field name. */
const EVENT_STREAM = /^(?:data|event|id|retry):/;

function textBefore(text: string): { offset: number; fault: JsonFault } {
  return { offset: 0, fault: EVENT_STREAM.test(text) ? "event-stream" : "text-before" };
}

/** Spans of whole objects in the bytes. */
function* spansIn(
  text: string,
  span: RecordSpan,
  { whole, torn }: Salvage,
  bytes: Buffer,
): Generator<RecordSpan> {
  let [at, byte] = [0, span.start];
  let place = { line: span.line, column: span.column };
  for (const { start, end } of whole) {
    place = faultPlaceOf(text.slice(at, start), start - at, place);
    // A torn record may contain invalid UTF-8.
    if (torn !== undefined && at <= torn.start && torn.start < start)
      byte = span.end - Buffer.byteLength(text.slice(start));
    else byte += Buffer.byteLength(text.slice(at, start));
    const own = text.slice(start, end);
    const length = Buffer.byteLength(own);
    if (bytes.toString("utf8", byte, byte + length) === own)
      yield { start: byte, end: byte + length, ...place };
    place = faultPlaceOf(own, own.length, place);
    [at, byte] = [end, byte + length];
  }
}

export interface FaultPlace {
  readonly line: number;
  readonly column: number;
}

/** Converts an offset in a text into a place; the text begins at `from`. */
export function faultPlaceOf(text: string, offset: number, from: FaultPlace): FaultPlace {
  let { line, column } = from;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    [lineStart, column] = [at + 1, 1];
  }
  return { line, column: column + offset - lineStart };
}

function isOnlyMarked(text: string, whole: readonly Span[]): boolean {
  return (
    whole.length === 1 &&
    gapsIn(text, whole).every(({ start, end }) => /^[\ufeff\s]*$/.test(text.slice(start, end)))
  );
}

function marked(record: ParsedRecord): ParsedRecord {
  const mark = { kind: "byte-order-mark", pointer: "", offset: 0 } as const;
  return { ...record, oddities: [...(record.oddities ?? []), mark] };
}

/** The gaps between the whole records of a text. */
function gapsIn(text: string, whole: readonly Span[]): Span[] {
  const starts = [0, ...whole.map(({ end }) => end)];
  return starts.map((start, index) => ({ start, end: whole[index]?.start ?? text.length }));
}

const AROUND: readonly (readonly [string, JsonFault])[] = [
  ["\0", "nul-bytes"],
  ["\u001e", "separator-mark"],
  [",", "comma-between"],
];

/** The fault around whole records that makes their line invalid. */
function faultAround(text: string, whole: readonly Span[]): { offset: number; fault: JsonFault } | undefined {
  const gaps = gapsIn(text, whole);
  for (const [character, fault] of AROUND) {
    for (const { start, end } of gaps) {
      const at = text.slice(start, end).indexOf(character);
      if (at >= 0) return { offset: start + at, fault };
    }
  }
  const [, second] = whole;
  return second === undefined ? undefined : { offset: second.start, fault: "glued" };
}
