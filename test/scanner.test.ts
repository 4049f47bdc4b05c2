import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordsOf } from "../src/input/record/records.js";
import { LineScan } from "../src/input/scan/line-scan.js";
import { FLAG, scanRecord } from "../src/input/scan/scan-record.js";
import { NO_TERMS } from "../src/model/likeness.js";
import { ROOT } from "./support/fixtures.js";
import { runs } from "./support/runs.js";
import { recordIn, recordsIn } from "./support/scanned.js";

interface Line {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The lines that are not blank. */
function scanned(bytes: Uint8Array): readonly Line[] {
  const lines = new LineScan(Buffer.from(bytes)).lines(false, NO_TERMS, undefined);
  return [...lines].map(({ span: { start, end, line } }) => ({ start, end, line }));
}

/** The same, told slowly. */
function expected(bytes: Buffer): readonly Line[] {
  let start = 0;
  return bytes
    .toString("latin1")
    .split("\n")
    .flatMap((text, line) => {
      const own = text.endsWith("\r") ? text.slice(0, -1) : text;
      const place = { start, end: start + own.length, line };
      start += text.length + 1;
      return /^[ \t\r]*$/.test(own) ? [] : [place];
    });
}

/** Texts that are nearly JSON, and bytes that are anything. */
const pieces = fc.oneof(
  fc.constantFrom("\n", "\r\n", "\r", "{", "}", "[", "]", '"', "\\", ",", ":", " ", "-", "1.5e9", "\0", "é"),
  fc.constantFrom(
    '{"a":',
    '"event_id"',
    '"__proto__"',
    "true",
    "\\u00",
    '"\\"',
    "urn:uuid:",
    '{"event_id":{"',
  ),
  fc.string({ unit: "binary" }),
);
const bytes = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(""))),
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
);

describe("a scan of lines", () => {
  it("finds the lines of any bytes", () => {
    fc.assert(
      fc.property(bytes, (any) => {
        expect(scanned(any)).toEqual(expected(any));
      }),
      { numRuns: runs(3000) },
    );
  });

  it("goes through many lines", () => {
    const text = Array.from({ length: 30_000 }, (_, index) => (index % 7 === 0 ? " " : `${index}`)).join(
      "\n",
    );
    expect(scanned(Buffer.from(text))).toEqual(expected(Buffer.from(text)));
    expect(scanned(Buffer.from("\n".repeat(200_000)))).toEqual([]);
  });

  it("does not depend on what was scanned before, nor on what is scanned in between", () => {
    const one = Array.from({ length: 6000 }, (_, index) => `{"a":${index}}`).join("\n");
    const records = recordsOf({ bytes: Buffer.from(one), lines: 0 });
    const other = recordIn(`{"b":"${"x".repeat(1_000_000)}"}`).digests;
    let index = 0;
    for (const record of records) {
      if ("malformed" in record || index >= 6000) throw new Error("not what was written");
      expect(record.value).toEqual({ a: index });
      if (index % 1000 === 0)
        expect(record.digests.content).toBe(recordIn(`{ "a" : ${index} }`).digests.content);
      index++;
    }
    expect(index).toBe(6000);
    expect(recordIn(`{"b": "${"x".repeat(1_000_000)}"}`).digests.content).toBe(other.content);
  });

  it("says the same of a record wherever it stands", () => {
    const log = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"), "utf8");
    const lines = log.split("\n").filter((line) => line !== "");
    for (const [index, record] of recordsIn(log).entries()) {
      for (const shift of [0, 1, 7, 15, 16, 17]) {
        const [, moved] = recordsIn(`{"":"${"x".repeat(shift)}"}\n${lines[index]}`);
        expect(moved?.digests.delivery).toBe(record.digests.delivery);
        expect(moved?.signs).toBe(record.signs);
      }
    }
  });
});

describe("a scan of a record", () => {
  it("ends, whatever the bytes are", () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(0, 1, 64, 1000), (any, levels) => {
        const { content, delivery } = scanRecord(any, levels);
        expect(Number.isSafeInteger(content) && Number.isSafeInteger(delivery)).toBe(true);
      }),
      { numRuns: runs(3000) },
    );
  });

  it.each([
    ['{"a":1,"a":2}', true],
    ['{"a":{"b":1,"c":[{"b":1}]},"b":{"b":1}}', false],
    ['{"a":1,"b":{"a":1},"a":2}', true],
    ['{"b":[{"a":1},{"a":1,"a":2}]}', true],
    ['{"\\u0061":1}', true],
    ['{"__proto__":1}', true],
    ['{"__proto__x":1,"_proto__":2}', false],
    ['{"":1,"":2}', true],
    [`{"a":${"[".repeat(63)}${"]".repeat(63)}}`, false],
    [`{"a":${"[".repeat(64)}${"]".repeat(64)}}`, true],
    ['{"a":":","b":"\\":","c":"{\\"a\\":1}"}', false],
  ])("says of %s that its members are to be looked at: %s", (json, isIntricate) => {
    expect((scanRecord(Buffer.from(json)).flags & FLAG.intricate) !== 0).toBe(isIntricate);
  });

  it("hardly ever takes different members for the same", () => {
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, index]));
    expect(scanRecord(Buffer.from(JSON.stringify(wide))).flags & FLAG.intricate).toBe(0);
    const twice = `${JSON.stringify(wide).slice(0, -1)},"k0":1}`;
    expect(scanRecord(Buffer.from(twice)).flags & FLAG.intricate).not.toBe(0);
  });
});
