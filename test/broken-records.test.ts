import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordsOf } from "../src/input/record/records.js";
import { salvage } from "../src/input/record/salvage.js";
import { faultOf } from "../src/json/json-fault.js";
import type { JsonFault, LogRecord } from "../src/model/subject.js";
import { type Cuts, readPieces } from "./support/blocks.js";
import { runs } from "./support/runs.js";

describe("faultOf", () => {
  it.each<[text: string, fault: JsonFault | undefined, wrong: number]>([
    ['{"a":"A "B" C","b":1}', "quote", 8],
    ['{"a":"A" B","b":1}', "quote", 7],
    ['{"a":""B" C","b":1}', "quote", 6],
    ['{"a":"say "hi"","b":1}', "quote", 10],
    ['{"A "B" C":1}', "quote", 4],
    ['{"a":"Ł "Ł" Ł"}', "quote", 8],
    ['{"a":"D\\zoe"}', "backslash", 7],
    ['{"a":"C:\\users\\u12g4"}', "backslash", 8],
    ['{"a":"x\\\\y\\z"}', "backslash", 10],
    ['{"a\\x":1}', "backslash", 3],
    ['{"a":"x\ty"}', "tab", 7],
    ['{"a":"x\ny"}', "line-break", 7],
    ['{"a":"x\u0001y"}', "control-character", 7],
    ['{"a":"x\0"}', "nul-bytes", 7],
    ['{"a":1,}', "trailing-comma", 6],
    ['{"a":1,\n}', "trailing-comma", 6],
    ['{"a":[1,]}', "trailing-comma", 7],
    ['{"a":1,,"b":2}', "trailing-comma", 6],
    ['{"a":1 "b":2}', "missing-comma", 7],
    ['{"a":"x"\n"b":2}', "missing-comma", 9],
    ['{"a":"x""b":2}', "missing-comma", 8],
    ['{"a":{} "b":2}', "missing-comma", 8],
    ['{"a":[1 2]}', "missing-comma", 8],
    ['{"a" 1}', "missing-colon", 5],
    ['{"a","b"}', "missing-colon", 4],
    ['{"a":}', "missing-value", 5],
    ['{"a":,"b":1}', "missing-value", 5],
    ["{'a':1}", "single-quotes", 1],
    ["{\"a\":'x'}", "single-quotes", 5],
    ['{"a":NaN}', "not-a-number", 5],
    ['{"a":-Infinity}', "not-a-number", 5],
    ['{"a":None}', "unknown-word", 5],
    ['{"a":undefined}', "unknown-word", 5],
    ['{"a":+1}', "number", 5],
    ['{"a":01}', "number", 6],
    ['{"a":.5}', "number", 5],
    ['{"a":1 // one\n}', "comment", 7],
    ['{/* a */"a":1}', "comment", 1],
    ['{"a":1, # one\n"b":2}', "comment", 8],
    ["{a:1}", "unquoted-name", 1],
    ['{"a":1', "cut-off", 6],
    ['{"a":"x', "cut-off", 7],
    ['{"a":"x\\', "cut-off", 8],
    ['{"a":"x\\u12', "cut-off", 11],
    ['{"a":tru', "cut-off", 8],
    ['{"a":', "cut-off", 5],
    ['{"a":1,\n', "cut-off", 7],
    ['{"a', "cut-off", 3],
    ["{", "cut-off", 1],
    ['{"a":1}}', "closed-twice", 7],
    ["INFO started", undefined, 0],
    ["it's on", undefined, 0],
    ["x", undefined, 0],
  ])("says what is wrong with %j", (text, fault, wrong) => {
    expect(faultOf(text)).toMatchObject({ fault, offset: wrong });
  });
});

type Value = Readonly<Record<string, unknown>>;

const events: fc.Arbitrary<Value> = fc.record({
  event_id: fc.uuid(),
  event_type: fc.constantFrom(
    "a",
    'say "hi"',
    "C:\\x",
    "é😀",
    "} {",
    '{"event_id":1,"event_type":2}',
    "\n,[",
    "\ufeff",
  ),
  payload: fc.constantFrom<unknown>({}, { b: 1 }, { c: [{ d: "}" }, []] }, [{ b: 1 }], null, "{"),
  n: fc.nat(1_000_000),
});

/** A broken stretch of a log: its text, and the events that stand whole in it. */
interface Stretch {
  readonly text: string;
  readonly whole: readonly Value[];
  readonly isBroken: boolean;
}

const line = (value: Value): string => JSON.stringify(value);
const pretty = (value: Value, indentation: number): string =>
  JSON.stringify(value, null, 2).replaceAll(/^ +/gm, (blanks) =>
    " ".repeat((blanks.length / 2) * indentation),
  );

/** An event whose line breaks off; where its whole text is kept it is not torn. */
const torn: fc.Arbitrary<string> = fc
  .tuple(events, fc.nat())
  .map(([value, cut]) => line(value).slice(0, 1 + (cut % (line(value).length - 1))));

const stretches: fc.Arbitrary<Stretch> = fc.oneof(
  events.map((value) => ({ text: line(value), whole: [value], isBroken: false })),
  events.map((value) => ({ text: `\ufeff${line(value)}`, whole: [value], isBroken: false })),
  torn.map((text) => ({ text, whole: [], isBroken: true })),
  fc
    .tuple(torn, events)
    .map(([text, value]) => ({ text: text + line(value), whole: [value], isBroken: true })),
  fc
    .tuple(torn, events, events)
    .map(([text, a, b]) => ({ text: text + line(a) + line(b), whole: [a, b], isBroken: true })),
  fc
    .tuple(events, torn)
    .map(([value, text]) => ({ text: line(value) + text, whole: [value], isBroken: true })),
  fc
    .tuple(
      fc.array(events, { minLength: 2, maxLength: 4 }),
      fc.constantFrom("", " ", ",", "\r", "\0", "\ufeff"),
    )
    .map(([list, between]) => ({ text: list.map(line).join(between), whole: list, isBroken: true })),
  fc
    .tuple(events, fc.constantFrom(["\0\0\0", ""], ["", "\0"], ["\u001e", ""], ["", ","], ["INFO ", ""]))
    .map(([value, [before, behind]]) => ({
      text: before + line(value) + behind,
      whole: [value],
      isBroken: true,
    })),
  fc
    .constantFrom("INFO started", "\0\0\0\0", "Error: no", "[INFO] x")
    .map((text) => ({ text, whole: [], isBroken: true })),
  fc
    .tuple(events, fc.constantFrom(1, 2, 4))
    .map(([value, indentation]) => ({ text: pretty(value, indentation), whole: [value], isBroken: false })),
  fc
    .tuple(
      events,
      fc.constantFrom(
        '"author": "A "B" C",',
        '"author": "A " C",',
        '"path": "D\\zoe",',
        '"a": 1,,',
        '"a": "}" x',
      ),
    )
    .map(([value, fault]) => ({
      text: pretty(value, 2).replace("{\n", `{\n  ${fault}\n`),
      whole: [],
      isBroken: true,
    })),
);

const cuts: fc.Arbitrary<Cuts> = fc.oneof(
  fc.array(fc.nat(5000), { maxLength: 6 }),
  fc.constantFrom(1, 3, 50).map((size) => ({ every: size })),
);

function valuesOf(records: readonly LogRecord[]): unknown[] {
  return records.flatMap((record) => ("value" in record ? [record.value] : []));
}

describe("a log whose records are broken", () => {
  it("loses no whole event, and has no half one judged, however the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stretches, { maxLength: 8 }),
        fc.boolean(),
        cuts,
        async (list, isEnded, pieces) => {
          const text = list.map((stretch) => stretch.text).join("\n") + (isEnded ? "\n" : "");
          const bytes = Buffer.from(text);
          const { records, lines } = await readPieces(bytes, pieces);
          expect(valuesOf(records)).toEqual(list.flatMap(({ whole }) => whole));
          expect(lines).toBe(text.split("\n").length - 1);
          expect(records).toEqual((await readPieces(bytes, [])).records);
          const isBroken = list.some((stretch) => stretch.isBroken);
          const faults = records.filter(
            (record) => "malformed" in record && record.malformed !== "unseparated",
          );
          expect(faults.length > 0).toBe(isBroken);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it("has its records where they stand", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stretches, { maxLength: 6 }), async (list) => {
        const text = list.map((stretch) => stretch.text).join("\n");
        const { records } = await readPieces(Buffer.from(text), []);
        // Marks at the head of an input are no part of it.
        const ofLine = Buffer.from(text)
          .toString()
          .replace(/^\ufeff+/, "")
          .split("\n");
        for (const record of records) {
          const at = ofLine[record.line - 1]!.slice(record.column - 1);
          expect(at.startsWith(record.text.split("\n")[0]!.trimEnd())).toBe(true);
        }
      }),
      { numRuns: runs(500) },
    );
  });
});

describe("records over several lines", () => {
  const good = (n: number): string => `{\n"n": ${n},\n"a": "x"\n}\n`;

  it.each([
    ["an unescaped quote", '{\n"n": 0,\n"a": "A "B" C"\n}\n'],
    ["half a pair of quotes", '{\n"n": 0,\n"a": "A " C",\n"b": {\n"c": 1\n}\n}\n'],
    ["a bracket behind an unescaped quote", '{\n"a": "A "}" C",\n"n": 0\n}\n'],
    ["an open bracket behind an unescaped quote", '{\n"a": "A "{" C",\n"n": 0\n}\n'],
    ["a line break", '{\n"a": "A\nB",\n"n": 0\n}\n'],
    ["a missing end", '{\n"n": 0,\n"a": "x",\n'],
    ["a missing end within a value", '{\n"n": 0,\n"a": {\n"b": 1\n'],
    ["a missing end within a string", '{\n"n": 0,\n"a": "x\n'],
    ["a trailing comma", '{\n"n": 0,\n}\n'],
  ])("cost one finding where one is broken, first, in the middle or last: %s", async (_name, broken) => {
    for (const place of [0, 1, 2]) {
      const parts = [1, 2].map(good);
      parts.splice(place, 0, broken);
      const bytes = Buffer.from(parts.join(""));
      for (const pieces of [[], { every: 1 }, { every: 7 }]) {
        const { records } = await readPieces(bytes, pieces);
        expect(valuesOf(records)).toEqual([1, 2].map((n) => ({ n, a: "x" })));
        const faults = records.filter((record) => "malformed" in record && record.malformed === "not-json");
        expect(faults.length).toBe(1);
      }
    }
  });

  it("may stand among lines, and lines among them", async () => {
    const bytes = Buffer.from(`{"n":1}\nnoise\n${good(2)}{"n":3}\n\n${good(4)}{"n":5}{"n":6}\n`);
    for (const pieces of [[], { every: 1 }, { every: 5 }]) {
      const { records } = await readPieces(bytes, pieces);
      expect(valuesOf(records).map((value) => (value as { n: number }).n)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(records.filter((record) => "malformed" in record).map(({ line }) => line)).toEqual([2, 3, 13]);
    }
  });

  it("are told apart where files without a last line end were joined", async () => {
    const bytes = Buffer.from(`${good(1).trimEnd()}${good(2).trimEnd()}\ufeff${good(3)}`);
    const { records } = await readPieces(bytes, []);
    expect(valuesOf(records).map((value) => (value as { n: number }).n)).toEqual([1, 2, 3]);
  });

  it("end where their brackets do, whatever begins their lines", async () => {
    const text = '{\n"a": [\n{\n"b": 1\n},\n{\n"b": 2\n}\n],\n"c":\n{\n}\n}\n';
    for (const pieces of [[], { every: 1 }]) {
      const { records } = await readPieces(Buffer.from(text), pieces);
      expect(valuesOf(records)).toEqual([JSON.parse(text)]);
      expect(records.length).toBe(1);
    }
  });
});

describe("an array with an element that breaks off", () => {
  it("loses that one only", async () => {
    for (const cut of ['{"n":0,', '{"n":0,"a":"x', '{"n":0,"a":{"b":1}']) {
      const bytes = Buffer.from(`[\n  {"n":1},\n  ${cut}\n  {"n":2},\n  {"n":3}\n]\n`);
      const { records } = await readPieces(bytes, []);
      expect(valuesOf(records)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
      expect(
        records.filter((record) => "malformed" in record && record.malformed === "not-json").length,
      ).toBe(1);
    }
  });
});

describe("UTF-16", () => {
  it.each(["utf16le", "utf16be"])("is one fault of the input: %s", async (name) => {
    for (const mark of ["\ufeff", ""]) {
      const bytes = Buffer.from(`${mark}{"a":1}\n{"a":2}\n`, "utf16le");
      if (name === "utf16be") bytes.swap16();
      for (const pieces of [[], { every: 1 }]) {
        const { records, lines } = await readPieces(bytes, pieces);
        expect(records).toMatchObject([{ malformed: "not-utf8", line: 1 }]);
        expect(lines).toBe(2);
      }
    }
  });
});

describe("salvage", () => {
  it("takes no member of a torn object for a record", () => {
    for (const text of [
      '{"a":1,"b":{"c":1}',
      '{"a":[{"c":1}',
      '{"a":[{"c":1},{"d":2}]',
      '{"a":"x "y" z","b":{"c":1}',
    ])
      expect(salvage(text).whole).toEqual([]);
  });

  it("takes no half of a broken object for a record", () => {
    for (const text of ['{"a":"A "}" C"}', '{"a":"A "{" C"}', '{"a":"A "B" C","d":{}}', '{"a":"A \\"}" C"}'])
      expect(salvage(text).whole).toEqual([]);
  });

  it("finds nothing in what a console prints", () => {
    for (const text of ["INFO {started: true}", '[INFO] {"level":"info"}', "x {}"])
      expect(salvage(text).whole).toEqual([]);
  });

  it("has the digests of the record alone", () => {
    const [own] = recordsOf({ bytes: Buffer.from('{"a":1,"é":2}\n'), lines: 1 });
    const [, saved] = recordsOf({ bytes: Buffer.from('{"to{"a":1,"é":2}\n'), lines: 1 });
    if (own === undefined || !("value" in own) || saved === undefined || !("value" in saved))
      throw new Error("no record");
    expect(saved.digests.content).toBe(own.digests.content);
    expect(saved.digests.delivery).toBe(own.digests.delivery);
  });
});
