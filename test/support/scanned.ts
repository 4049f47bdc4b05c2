import { expect } from "vitest";
import { recordsOf } from "../../src/input/record/records.js";
import { digestsOf } from "../../src/input/scan/digests.js";
import { ANY_SIGN } from "../../src/model/signs.js";
import type { JsonObject, ParsedRecord } from "../../src/model/subject.js";

/** The records of NDJSON, each of which must be a JSON object. */
export function recordsIn(ndjson: string): readonly ParsedRecord[] {
  return [...recordsOf({ bytes: Buffer.from(ndjson), lines: 0 })].map((record) => {
    if ("malformed" in record) throw new Error(`not a record: ${record.text}`);
    return record;
  });
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
