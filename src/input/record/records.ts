import { isUtf8 } from "node:buffer";
import type { KindOwner, KnownRecords } from "../../model/kinds.js";
import { NO_TERMS, type Terms } from "../../model/likeness.js";
import type { LogRecord } from "../../model/subject.js";
import type { Block, RecordSpan } from "../frame/blocks.js";
import { LineScan, type ScannedLine } from "../scan/line-scan.js";
import { scanRecord } from "../scan/scan-record.js";
import { beginningOf, failed, isBroken, readRecord, savedFrom } from "./read-record.js";
import { ScannedRecord } from "./scanned-record.js";
import { NOT_UNWRAPPED, type Unwrapping } from "./unwrapping.js";

/** The records of a block that JavaScript must examine, in order, and the known facts of all others. */
export interface ReadBlock {
  readonly records: Iterable<LogRecord>;
  readonly known?: KnownRecords;
}

/** What decides which records of a block are of known kinds. */
interface Knowing {
  /** Decide which records are alike; default: records are never alike. */
  readonly terms?: Terms;
  /** Knows kinds; without it, every record has to be looked at. */
  readonly owner?: KindOwner;
  /** The input of the block; kinds may be known in its blocks only. */
  readonly input?: object;
}

/**
 * Reads the records of one block, in order, without blank lines.
 *
 * @param unwrapping takes records out of their carriers; default: they stay there
 */
export function recordsOf(
  block: Block,
  terms = NO_TERMS,
  unwrapping: Unwrapping = NOT_UNWRAPPED,
): Iterable<LogRecord> {
  return readBlock(block, { terms }, unwrapping).records;
}

/** Reads the records of one block that are of no known kind. */
export function readBlock(
  block: Block,
  { terms = NO_TERMS, owner, input }: Knowing,
  unwrapping: Unwrapping,
): ReadBlock {
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const isDecodable = isUtf8(bytes);
  if (block.records !== undefined)
    return { records: recordsAt(block.records, bytes, isDecodable, unwrapping) };
  const scan = new LineScan(bytes);
  const lines = scan.lines(isDecodable, terms, owner, input);
  return { records: recordsOn(lines, bytes, isDecodable, unwrapping), known: scan };
}

function* recordsAt(
  spans: readonly RecordSpan[],
  bytes: Buffer,
  decodable: boolean,
  unwrapping: Unwrapping,
): Generator<LogRecord> {
  for (const span of spans) yield* spanRecords(bytes, span, decodable, unwrapping);
}

function* recordsOn(
  lines: Iterable<ScannedLine>,
  bytes: Buffer,
  decodable: boolean,
  unwrapping: Unwrapping,
): Generator<LogRecord> {
  for (const line of lines) {
    if (line.likeness !== 0 && decodable) yield new ScannedRecord(bytes, line);
    else yield* recordsIn(readRecord(bytes, line.span, line, decodable), bytes, line.span, unwrapping);
  }
}

function spanRecords(
  bytes: Buffer,
  span: RecordSpan,
  decodable: boolean,
  unwrapping: Unwrapping,
): Iterable<LogRecord> {
  if (span.problem !== undefined) {
    const { malformed, expected } = span.problem;
    return [failed(beginningOf(bytes, span), span, malformed, 0, expected)];
  }
  const scanned = scanRecord(bytes.subarray(span.start, span.end));
  return recordsIn(readRecord(bytes, span, scanned, decodable), bytes, span, unwrapping);
}

/** The records that one record yields: its contents, the whole records in its broken text, or itself. */
function recordsIn(
  record: LogRecord,
  bytes: Buffer,
  span: RecordSpan,
  unwrapping: Unwrapping,
): Iterable<LogRecord> {
  const carried = unwrapping.carriedBy(record);
  if (carried !== undefined) return carried;
  return isBroken(record) ? unwrappedEach(savedFrom(record, bytes, span), unwrapping) : [record];
}

function* unwrappedEach(records: Iterable<LogRecord>, unwrapping: Unwrapping): Generator<LogRecord> {
  for (const record of records)
    yield* ("value" in record ? unwrapping.carriedBy(record) : undefined) ?? [record];
}
