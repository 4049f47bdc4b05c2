import { isUtf8 } from "node:buffer";
import { NO_TERMS } from "../../model/likeness.js";
import type { LogRecord } from "../../model/subject.js";
import type { Block, RecordSpan } from "../frame/blocks.js";
import { scanLines, scanRecord } from "../scan/scanner.js";
import { beginningOf, failed, isBroken, readRecord, savedFrom } from "./read-record.js";
import { ScannedRecord } from "./scanned-record.js";
import { NOT_UNWRAPPED, type Unwrapping } from "./unwrapping.js";

/**
 * Reads the records of one block, in order, without blank lines.
 *
 * @param terms decide which NDJSON records are alike; default: records are never alike
 * @param unwrapping takes records out of their carriers; default: they stay there
 */
export function* recordsOf(
  block: Block,
  terms = NO_TERMS,
  unwrapping: Unwrapping = NOT_UNWRAPPED,
): Generator<LogRecord> {
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const decodable = isUtf8(bytes);
  if (block.records !== undefined) {
    for (const span of block.records) yield* spanRecords(bytes, span, decodable, unwrapping);
    return;
  }
  for (let [from, line] = [0, 0]; from < bytes.length; ) {
    const table = scanLines(bytes, from, line, terms);
    for (let row = 0; row < table.count; row++) {
      const scanned = table.scannedOf(row);
      if (scanned.likeness !== 0 && decodable) {
        yield new ScannedRecord(bytes, table, row, terms);
        continue;
      }
      const span = table.spanOf(row);
      yield* recordsIn(readRecord(bytes, span, scanned, decodable), bytes, span, unwrapping);
    }
    [from, line] = [table.end, table.endLine];
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
