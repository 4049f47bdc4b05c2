import { isAscii, isUtf8 } from "node:buffer";
import { ANY_SIGN } from "../model/signs.js";
import { isJsonObject, type LogRecord, type MalformedReason } from "../model/subject.js";
import type { Block, RecordSpan } from "./blocks.js";
import { odditiesOf, syntaxErrorOf } from "./json-scan.js";
import { DigestsOfText, digestsOf } from "./scan/digests.js";
import type { Scanned } from "./scan/line-table.js";
import { FLAG, scanLines, scanRecord } from "./scan/scanner.js";

const NO_EXPECTATION = "";

/** What the bytes of a block are; most are ASCII, which is read the fastest. */
type Encoding = "ascii" | "utf8" | "unknown";

function encodingOf(bytes: Buffer): Encoding {
  if (isAscii(bytes)) return "ascii";
  return isUtf8(bytes) ? "utf8" : "unknown";
}

/** Reads the records of one block, in order. Blank lines are no records. */
export function* recordsOf(block: Block): Generator<LogRecord> {
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const encoding = encodingOf(bytes);
  if (block.records !== undefined) {
    for (const span of block.records) yield spanRecord(bytes, span, encoding);
    return;
  }
  for (let [from, line] = [0, 0]; from < bytes.length; ) {
    const table = scanLines(bytes, from, line);
    for (let row = 0; row < table.count; row++) {
      yield readRecord(bytes, table.spanOf(row), table.scannedOf(row), encoding);
    }
    [from, line] = [table.end, table.endLine];
  }
}

function spanRecord(bytes: Buffer, span: RecordSpan, encoding: Encoding): LogRecord {
  if (span.problem !== undefined) {
    const { malformed, expected } = span.problem;
    return failed(bytes.toString("utf8", span.start, span.end), span, malformed, 0, expected);
  }
  const scanned = scanRecord(bytes.subarray(span.start, span.end));
  return readRecord(bytes, span, scanned, encoding);
}

function failed(
  text: string,
  { line, column }: RecordSpan,
  malformed: MalformedReason,
  offset: number,
  expected: string,
): LogRecord {
  return { text, line, column, malformed, offset, expected };
}

function readRecord(bytes: Buffer, span: RecordSpan, scanned: Scanned, encoding: Encoding): LogRecord {
  const { start, end, line, column } = span;
  const text = bytes.toString(encoding === "ascii" ? "latin1" : "utf8", start, end);
  if (encoding === "unknown" && !isUtf8(bytes.subarray(start, end)))
    return failed(text, span, "not-utf8", Math.max(0, text.indexOf("\ufffd")), "UTF-8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const error = syntaxErrorOf(text);
    return failed(text, span, "not-json", error?.offset ?? 0, error?.expected ?? "a value");
  }
  if (!isJsonObject(value)) return failed(text, span, "not-an-object", 0, NO_EXPECTATION);
  const { flags, content, delivery } = scanned;
  const isAsWritten = (flags & (FLAG.intricate | FLAG.unusual)) === 0;
  const digests = isAsWritten ? new DigestsOfText(content, delivery) : digestsOf(value);
  const record = { text, line, column, value, signs: flags & ANY_SIGN, digests };
  if ((flags & FLAG.intricate) === 0) return record;
  const oddities = odditiesOf(text);
  return oddities.length === 0 ? record : { ...record, oddities };
}
