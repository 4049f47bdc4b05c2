import { expect } from "vitest";
import { recordsOf } from "../../src/input/record/records.js";
import { digestsOf } from "../../src/input/scan/digests.js";
import type { Terms } from "../../src/model/likeness.js";
import { ANY_SIGN } from "../../src/model/signs.js";
import type { JsonObject, LogRecord, ParsedRecord } from "../../src/model/subject.js";

/** The records of NDJSON, each of which must be a JSON object. */
export function recordsIn(ndjson: string): readonly ParsedRecord[] {
  return [...recordsOf({ bytes: Buffer.from(ndjson), lines: 0 })].map((record) => {
    if ("malformed" in record) throw new Error(`not a record: ${record.text}`);
    return record;
  });
}

/** The record of a line; undefined if it is blank. */
export function lineRecord(line: string, terms: Terms): LogRecord | undefined {
  const [record] = recordsOf({ bytes: Buffer.from(line), lines: 1 }, terms) as Iterable<LogRecord>;
  return record;
}

/** The likeness of a line's record. */
export function likenessOf(line: string, terms: Terms): number {
  const record = lineRecord(line, terms);
  if (record === undefined || "malformed" in record) throw new Error(`not a record: ${line}`);
  return record.likeness;
}

/** The record of a JSON text, which may go over several lines. */
export function recordIn(json: string): ParsedRecord {
  const bytes = Buffer.from(json);
  const records = [{ start: 0, end: bytes.length, line: 0, column: 1 }];
  const [record] = recordsOf({ bytes, lines: 0, records });
  expect(record).toHaveProperty("value");
  return record as ParsedRecord;
}

/** A record of a value, as if nobody had looked at its text. */
export function unscanned(text: string, value: JsonObject, line = 0, column = 1): ParsedRecord {
  return { text, line, column, value, signs: ANY_SIGN, digests: digestsOf(value), likeness: 0 };
}
