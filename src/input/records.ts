import { isUtf8 } from "node:buffer";
import { NO_TERMS } from "../model/likeness.js";
import { ANY_SIGN } from "../model/signs.js";
import {
  isJsonObject,
  type LogRecord,
  type MalformedReason,
  type MalformedRecord,
} from "../model/subject.js";
import type { Block, RecordSpan } from "./blocks.js";
import { salvaged } from "./broken-records.js";
import { odditiesOf } from "./json-scan.js";
import { DigestsOfText, digestsOf } from "./scan/digests.js";
import type { Scanned } from "./scan/line-table.js";
import { FLAG, scanLines, scanRecord } from "./scan/scanner.js";
import { ScannedRecord } from "./scanned-record.js";

const NO_EXPECTATION = "";

/**
 * Reads the records of one block, in order. Blank lines are no records.
 *
 * @param terms what decides which records of NDJSON are alike; default: none is said to be
 */
export function* recordsOf(block: Block, terms = NO_TERMS): Generator<LogRecord> {
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const decodable = isUtf8(bytes);
  if (block.records !== undefined) {
    for (const span of block.records) yield* spanRecords(bytes, span, decodable);
    return;
  }
  for (let [from, line] = [0, 0]; from < bytes.length; ) {
    const table = scanLines(bytes, from, line, terms);
    for (let row = 0; row < table.count; row++) {
      const scanned = table.scannedOf(row);
      if (scanned.likeness !== 0 && decodable) yield new ScannedRecord(bytes, table, row, terms);
      else {
        const span = table.spanOf(row);
        const record = readRecord(bytes, span, scanned, decodable);
        if (isBroken(record)) yield* savedFrom(record, bytes, span);
        else yield record;
      }
    }
    [from, line] = [table.end, table.endLine];
  }
}

function* spanRecords(bytes: Buffer, span: RecordSpan, decodable: boolean): Generator<LogRecord> {
  if (span.problem !== undefined) {
    const { malformed, expected } = span.problem;
    yield failed(bytes.toString("utf8", span.start, span.end), span, malformed, 0, expected);
    return;
  }
  const record = readRecord(bytes, span, scanRecord(bytes.subarray(span.start, span.end)), decodable);
  if (isBroken(record)) yield* savedFrom(record, bytes, span);
  else yield record;
}

/** Whether other records may stand in the text of one that cannot be read. */
function isBroken(record: LogRecord): record is MalformedRecord {
  return "malformed" in record && record.malformed !== "not-an-object";
}

function savedFrom(broken: MalformedRecord, bytes: Buffer, span: RecordSpan): Generator<LogRecord> {
  return salvaged(broken, bytes, span, (part) =>
    readRecord(bytes, part, scanRecord(bytes.subarray(part.start, part.end)), false),
  );
}

function failed(
  text: string,
  { line, column }: RecordSpan,
  malformed: MalformedReason,
  offset: number,
  expected: string,
): MalformedRecord {
  return { text, line, column, malformed, offset, expected };
}

function readRecord(bytes: Buffer, span: RecordSpan, scanned: Scanned, decodable: boolean): LogRecord {
  const { start, end, line, column } = span;
  const { flags, content, delivery } = scanned;
  const isWide = (flags & FLAG.wide) !== 0;
  // ASCII is read faster where it is known to be that.
  const text = bytes.toString(isWide ? "utf8" : "latin1", start, end);
  if (isWide && !decodable && !isUtf8(bytes.subarray(start, end)))
    return failed(text, span, "not-utf8", firstReplaced(text, bytes.subarray(start, end)), "UTF-8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failed(text, span, "not-json", 0, NO_EXPECTATION);
  }
  if (!isJsonObject(value)) return { ...failed(text, span, "not-an-object", 0, NO_EXPECTATION), json: value };
  const isAsWritten = (flags & (FLAG.intricate | FLAG.unusual)) === 0;
  const digests = isAsWritten ? new DigestsOfText(content, delivery) : digestsOf(value);
  const record = { text, line, column, value, signs: flags & ANY_SIGN, digests, likeness: 0 };
  if ((flags & FLAG.intricate) === 0) return record;
  const oddities = odditiesOf(text);
  return oddities.length === 0 ? record : { ...record, oddities };
}

const REPLACEMENT = "\ufffd";
const REPLACEMENT_BYTES = Buffer.from(REPLACEMENT);

/** Where a text has a replacement character that its bytes do not have. */
function firstReplaced(text: string, bytes: Buffer): number {
  let [from, byte] = [0, 0];
  for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, from)) {
    byte += Buffer.byteLength(text.slice(from, at));
    const end = byte + REPLACEMENT_BYTES.length;
    if (!bytes.subarray(byte, end).equals(REPLACEMENT_BYTES)) return at;
    [from, byte] = [at + 1, end];
  }
  return 0;
}
