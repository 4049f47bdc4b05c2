import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRecord } from "../src/input/record/read-record.js";
import { recordsOf } from "../src/input/record/records.js";
import { scanRecord } from "../src/input/scan/scan-record.js";
import { NO_TERMS } from "../src/model/likeness.js";
import type { LogRecord, ParsedRecord } from "../src/model/subject.js";
import { BEGINNINGS, hasSign } from "../src/privacy/signs.js";
import { blockReaderFor } from "../src/run/blocks/block-reader.js";
import { completed } from "../src/run/blocks/unhurried.js";
import { loadProtocol } from "../src/run/protocol/load-protocol.js";
import { ruleFixtures } from "./support/fixtures.js";
import { isJson } from "./support/json-tree.js";
import { READER } from "./support/reader.js";
import { runs } from "./support/runs.js";
import { SAMPLES } from "./support/tokens.js";
import { toldBy } from "./support/told.js";

const { protocol } = await loadProtocol({});
const STRINGS = /"(?:[^"\\]|\\.)*"/g;

/** JSON with its strings spelled in some way that means the same; `draw` picks a number below another one. */
function spelledAnew(json: string, draw: (below: number) => number): string {
  return json.replaceAll(STRINGS, (string) => {
    const text = JSON.parse(string) as string;
    const units = Array.from({ length: text.length }, (_, at) => spelledUnit(text, at, draw(8)));
    return `"${units.join("")}"`;
  });
}

function spelledUnit(text: string, at: number, way: number): string {
  const unit = text[at] ?? "";
  const code = text.charCodeAt(at).toString(16).padStart(4, "0");
  if (way === 0) return `\\u${code}`;
  if (way === 1) return `\\u${code.toUpperCase()}`;
  if (way === 2 && unit === "/") return "\\/";
  // Half of a pair has no other spelling, unless its other half is spelled like that too.
  if (/[\ud800-\udfff]/.test(unit)) return `\\u${code}`;
  return JSON.stringify(unit).slice(1, -1);
}

/** Draws from a list of numbers, which comes again and again. */
function drawer(numbers: readonly number[]): (below: number) => number {
  let index = 0;
  return (below) => (numbers[index++ % numbers.length] ?? 0) % below;
}

function recordOf(text: string): LogRecord | undefined {
  const [record] = recordsOf(
    { bytes: Buffer.from(text), lines: 1 },
    protocol.likeness,
  ) as Iterable<LogRecord>;
  return record;
}

function parsed(text: string): ParsedRecord {
  const record = recordOf(text);
  if (record === undefined || "malformed" in record) throw new Error(`not a record: ${text}`);
  return record;
}

/** What is known of a record without its text. */
function known({
  likeness,
  digests,
  payloadDigest,
  ownValues,
  value,
}: ParsedRecord & { payloadDigest?: number }) {
  return { likeness, value, payloadDigest, content: digests.content, delivery: digests.delivery, ownValues };
}

const events = ruleFixtures()
  .filter(({ path }) => path.endsWith(".ndjson"))
  .flatMap(({ path }) => readFileSync(path, "utf8").split(/\r?\n/))
  .filter((line) => line.length < 5000 && line.startsWith("{") && isJson(line));

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      "é",
      "\u{1f511}",
      "\ud83d",
      "\udd11",
      "\\",
      "u",
      "0",
      "\n",
      "/",
      '"',
      "\u001f",
      "\u007f",
    ),
  }),
);
const objects = fc
  .dictionary(
    fc.constantFrom("event_id", "event_family", "payload", "timestamp", "é"),
    fc.oneof(texts, fc.array(texts)),
  )
  .map((value) => JSON.stringify(value));
const numbers = fc.array(fc.nat(7), { minLength: 1, maxLength: 40 });

function blockOf(lines: readonly string[]) {
  return { bytes: Buffer.from(`${lines.join("\n")}\n`), lines: lines.length };
}

describe("a record in which more is escaped than need be", () => {
  it("is the same as the plainly written one", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...events), objects), numbers, (json, drawn) => {
        const text = spelledAnew(json, drawer(drawn));
        const [one, other] = [parsed(text), parsed(json)];
        expect(known(one)).toEqual({ ...known(other), ownValues: one.ownValues });
        expect(one.ownValues?.()).toEqual(other.ownValues?.());
        expect(one.text).toBe(text);
      }),
      { numRuns: runs(3000) },
    );
  });

  it("is read at every place as JSON.parse reads it", () => {
    const pieces = fc.constantFrom(
      ...'\\"u0/dD{}:,9 é',
      "\\u0041",
      "\\u007b",
      "\\ud83d",
      "\\udd11",
      "\\u00",
      "\\/",
      "\\u0022",
      "\\u005c",
      "\\uzzzz",
    );
    const changes = fc.array(fc.tuple(fc.nat(400), fc.nat(2), pieces), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.oneof(objects, fc.constantFrom(...events)), numbers, changes, (json, drawn, changed) => {
        const text = changed.reduce(
          (before, [at, gone, piece]) => {
            const place = at % (before.length + 1);
            return before.slice(0, place) + piece + before.slice(place + gone);
          },
          spelledAnew(json, drawer(drawn)),
        );
        const bytes = Buffer.from(text);
        if (bytes.includes("\n") || text.trim() === "") return;
        const [record, ...more] = recordsOf({ bytes, lines: 1 }, protocol.likeness) as Iterable<LogRecord>;
        const span = { start: 0, end: bytes.length, line: 0, column: 1 };
        const alone = readRecord(bytes, span, scanRecord(bytes), true);
        // A line that is no record as a whole may hold several.
        const isRecord = record !== undefined && !("malformed" in record) && more.length === 0;
        expect(isRecord).toBe(!("malformed" in alone));
        if (!isRecord || "malformed" in alone) return;
        expect(record.value).toEqual(JSON.parse(text));
        expect(record.digests.content).toBe(alone.digests.content);
        expect(record.digests.delivery).toBe(alone.digests.delivery);
      }),
      { numRuns: runs(6000) },
    );
  });

  it("shows every sign of a secret that its text has", () => {
    const words = fc.constantFrom(
      ...BEGINNINGS,
      " ",
      '"',
      "'",
      "=",
      "--",
      "/",
      "é",
      ":",
      "password",
      "user:pw@",
      "://",
    );
    const members = fc.dictionary(
      fc.oneof(words, texts),
      fc.array(words).map((list) => list.join("")),
    );
    fc.assert(
      fc.property(members, numbers, (value, drawn) => {
        const text = spelledAnew(JSON.stringify(value), drawer(drawn));
        expect(hasSign(text, parsed(text).signs)).toBe(hasSign(text));
      }),
      { numRuns: runs(3000) },
    );
  });

  it("leads log rules to what the plain ones lead them to", () => {
    const read = blockReaderFor(protocol, READER);
    const told = (lines: readonly string[]) => {
      const { kept, tallies, counts } = toldBy(completed(read(blockOf(lines), undefined)));
      return {
        kept,
        tallies: new Map(
          [...tallies].map(([clause, { checked, violations }]) => [clause, [checked, violations]]),
        ),
        counts,
      };
    };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...events), { minLength: 1, maxLength: 8 }),
        numbers,
        (lines, drawn) => {
          const draw = drawer(drawn);
          const plain = lines.flatMap((line) => [line, line, line]);
          expect(told(plain.map((line) => spelledAnew(line, draw)))).toEqual(told(plain));
        },
      ),
      { numRuns: runs(300) },
    );
  });
});

describe("records of a known kind", () => {
  const words = fc.oneof(
    fc.constantFrom(...SAMPLES.map(({ text }) => text)),
    fc.constantFrom(
      "password",
      "TOKEN",
      "api_key",
      "--secret ",
      "auth",
      "=",
      ": ",
      "'",
      '"',
      '\\"',
      "\\",
      "\n",
      "\t",
      " ",
    ),
    fc.constantFrom(
      "\u001b[1m",
      "%3D",
      "%253D",
      "^[[32m",
      "**",
      "\\n",
      "\\u0070assword",
      "hunter2x",
      "someone@example.com",
      "s3cretPw9",
      "x",
      "é",
      "/",
      "https://u:pw@h/",
    ),
  );
  const remarks = fc.array(words, { maxLength: 5 }).map((list) => list.join(""));

  it("are examined where they hold a secret, however it is spelled", () => {
    const [event = ""] = events.filter(
      (line) => line.includes('"event_family":"intent"') && !line.includes("@"),
    );
    const lineWith = (remark: string) => `${event.slice(0, -1)},"remark":${JSON.stringify(remark)}}`;
    const knowing = blockReaderFor(protocol, READER);
    const examining = blockReaderFor({ ...protocol, likeness: NO_TERMS }, READER);
    let secrets = 0;
    fc.assert(
      fc.property(fc.array(remarks, { minLength: 1, maxLength: 10 }), numbers, (chosen, drawn) => {
        const draw = drawer(drawn);
        const lines = chosen.map(lineWith);
        const block = blockOf([lineWith(""), ...lines, ...lines.map((line) => spelledAnew(line, draw))]);
        const found = toldBy(completed(knowing(block, undefined)));
        expect(found).toEqual(toldBy(completed(examining(block, undefined))));
        secrets += found.occurrences?.length ?? 0;
      }),
      { numRuns: runs(400) },
    );
    expect(secrets).toBeGreaterThan(runs(100));
  });
});
