import { isUtf8 } from "node:buffer";
import { isJsonObject, type LogRecord, type MalformedReason } from "../model/subject.js";
import type { Block, RecordSpan } from "./blocks.js";
import { odditiesOf, syntaxErrorOf } from "./json-scan.js";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const NO_EXPECTATION = "";

/** Reads the records of one block, in order. Blank lines are no records. */
export function* recordsOf(block: Block): Generator<LogRecord> {
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const decodable = isUtf8(bytes);
  if (block.records !== undefined) {
    for (const span of block.records) yield spanRecord(bytes, span, decodable);
    return;
  }
  let line = 0;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    const textEnd = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
    const record = readRecord(bytes, start, textEnd, { line, column: 1 }, decodable);
    if (record !== undefined) yield record;
    start = end + 1;
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function spanRecord(bytes: Buffer, span: RecordSpan, decodable: boolean): LogRecord {
  if (span.problem !== undefined) {
    const { malformed, expected } = span.problem;
    return failed(bytes.toString("utf8", span.start, span.end), span, malformed, 0, expected);
  }
  const record = readRecord(bytes, span.start, span.end, span, decodable);
  return record ?? failed("", span, "not-json", 0, "a value");
}

function failed(
  text: string,
  place: Place,
  malformed: MalformedReason,
  offset: number,
  expected: string,
): LogRecord {
  return { text, line: place.line, column: place.column, malformed, offset, expected };
}

function readRecord(
  bytes: Buffer,
  start: number,
  end: number,
  place: Place,
  decodable: boolean,
): LogRecord | undefined {
  if (isBlankLine(bytes, start, end)) return undefined;
  if (!decodable && !isUtf8(bytes.subarray(start, end))) {
    const text = bytes.toString("utf8", start, end);
    return failed(text, place, "not-utf8", Math.max(0, text.indexOf("\ufffd")), "UTF-8");
  }
  const text = bytes.toString("utf8", start, end);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const error = syntaxErrorOf(text);
    return failed(text, place, "not-json", error?.offset ?? 0, error?.expected ?? "a value");
  }
  const { line, column } = place;
  if (!isJsonObject(value)) return failed(text, place, "not-an-object", 0, NO_EXPECTATION);
  if (isPlain(value, bytes, start, end)) return { text, line, column, value };
  const oddities = odditiesOf(text);
  return oddities.length === 0 ? { text, line, column, value } : { text, line, column, value, oddities };
}

function isBlankLine(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}

/**
 * Whether a record certainly hides nothing. Every key of a JSON text is followed by a colon, so a
 * text with as many colons after quotes as its value has keys repeats none; strings that hold such
 * a colon only make the careful look necessary.
 */
function isPlain(value: object, bytes: Uint8Array, start: number, end: number): boolean {
  return countKeys(value, 0) === countKeyColons(bytes, start, end);
}

const PLAIN_DEPTH = 64;

/** The keys of a value and all values in it; NaN where it nests deeply or has a key named __proto__. */
function countKeys(value: object, depth: number): number {
  if (depth > PLAIN_DEPTH) return Number.NaN;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === "object" && item !== null) keys += countKeys(item, depth + 1);
    return keys;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const key in members) {
    if (key === "__proto__") return Number.NaN;
    keys++;
    const member = members[key];
    if (typeof member === "object" && member !== null) keys += countKeys(member, depth + 1);
  }
  return keys;
}

function countKeyColons(bytes: Uint8Array, start: number, end: number): number {
  let colons = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== 0x3a) continue;
    let before = at - 1;
    while (before > start && (bytes[before] ?? 0) <= 0x20) before--;
    if (bytes[before] === 0x22) colons++;
  }
  return colons;
}
