import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineBlocks } from "../src/input/frame/blocks.js";
import { recordBlocks } from "../src/input/frame/record-blocks.js";
import { placing } from "../src/input/record/place.js";
import { recordsOf } from "../src/input/record/records.js";
import { isJsonObject, type LogRecord, type MalformedReason } from "../src/model/subject.js";
import { type Cuts, readPieces } from "./support/blocks.js";
import { hidden, trees, written } from "./support/json-tree.js";
import { runs } from "./support/runs.js";
import { unscanned } from "./support/scanned.js";

const { placeAt, placeOf } = placing(() => []);

type JsonRecord = Record<string, unknown>;

const BOM = "\ufeff";

const objects: fc.Arbitrary<JsonRecord> = fc
  .dictionary(
    fc.string({ unit: "binary", maxLength: 6 }).filter((name) => name !== "__proto__"),
    fc.oneof(
      fc.constantFrom<unknown>("é", "😀😀", '"}]', "a\nb", "[{"),
      fc.jsonValue({ stringUnit: "binary", maxDepth: 2 }),
    ),
    { maxKeys: 4, noNullPrototype: true },
  )
  // What JSON cannot say (-0) is not what is tested here.
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonRecord);

const cuts: fc.Arbitrary<Cuts> = fc.oneof(
  fc.array(fc.nat(5000), { maxLength: 12 }),
  fc.constantFrom(1, 2, 3, 7).map((size) => ({ every: size })),
);

/** What must come out of an input: the text of each record, with its offset in the whole. */
interface Expected {
  readonly text: string;
  readonly offset: number;
}

interface Input {
  readonly text: string;
  readonly records: readonly Expected[];
}

/** Texts one after the other; those of `records` are to be found again. */
function inputOf(pieces: readonly (string | { readonly record: string })[]): Input {
  const records: Expected[] = [];
  let text = "";
  for (const piece of pieces) {
    if (typeof piece !== "string") records.push({ text: piece.record, offset: text.length });
    text += typeof piece === "string" ? piece : piece.record;
  }
  return { text, records };
}

const blankLines = fc.array(fc.constantFrom("", " ", "\t", "  \t"), { maxLength: 2 });

/** NDJSON: every mixture of line ends, blank lines before, between and after, last line end or none. */
const ndjson: fc.Arbitrary<Input> = fc
  .record({
    list: fc.array(fc.record({ value: objects, end: fc.constantFrom("\n", "\r\n"), blanks: blankLines }), {
      maxLength: 6,
    }),
    before: blankLines,
    hasLastEnd: fc.boolean(),
  })
  .map(({ list, before, hasLastEnd }) => {
    const pieces = list.flatMap(({ value, end, blanks }, index) => {
      const isLast = index === list.length - 1 && !hasLastEnd;
      return [
        { record: JSON.stringify(value) },
        isLast ? "" : end + blanks.map((blank) => blank + end).join(""),
      ];
    });
    return inputOf([before.map((blank) => `${blank}\n`).join(""), ...pieces]);
  });

function between<T>(list: readonly T[], separator: T): T[] {
  return list.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
}

/** One JSON array, in the layouts that programs write. */
const array: fc.Arbitrary<Input> = fc
  .record({
    list: fc.array(objects, { maxLength: 6 }),
    layout: fc.constantFrom("compact", "spaced", "one per line", "comma first", "indented", "indented, CRLF"),
    around: fc.constantFrom("", "\n", " ", "\r\n\r\n"),
  })
  .map(({ list, layout, around }) => {
    const newline = layout.endsWith("CRLF") ? "\r\n" : "\n";
    const isIndented = layout.startsWith("indented");
    const texts = list.map((value) => ({
      record: isIndented
        ? JSON.stringify(value, null, 2).replaceAll("\n", `${newline}  `)
        : JSON.stringify(value),
    }));
    const [open, separator, close] = {
      compact: ["[", ",", "]"],
      spaced: ["[ ", " , ", " ]"],
      "one per line": ["[\n", ",\n", "\n]"],
      "comma first": ["[", "\n ,", "\n]"],
      indented: ["[\n  ", ",\n  ", "\n]"],
      "indented, CRLF": ["[\r\n  ", ",\r\n  ", "\r\n]"],
    }[layout] as [string, string, string];
    return inputOf([around, open, ...between<string | { record: string }>(texts, separator), close, around]);
  });

const pretty: fc.Arbitrary<Input> = fc
  .record({
    value: objects,
    indentation: fc.constantFrom<number | string>(1, 2, "\t"),
    newline: fc.constantFrom("\n", "\r\n"),
    around: fc.constantFrom("", "\n", "\r\n \n"),
  })
  .map(({ value, indentation, newline, around }) => {
    const record = JSON.stringify(value, null, indentation).replaceAll("\n", newline);
    return inputOf([around, { record }, around]);
  });

function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** What became of a record: its value, or why it could not be read. */
function outcomeOf(record: LogRecord): unknown {
  return "value" in record ? record.value : record.malformed;
}

async function expectRead(input: Input, isMarked: boolean, pieces: Cuts): Promise<void> {
  const bytes = Buffer.from((isMarked ? BOM : "") + input.text);
  const { records, lines } = await readPieces(bytes, pieces);
  expect(records.map(outcomeOf)).toEqual(input.records.map(({ text }) => JSON.parse(text)));
  expect(records.map(({ line, column }) => ({ line, column }))).toEqual(
    input.records.map(({ offset }) => placeIn(input.text, offset)),
  );
  expect(records.map(({ text }) => text.trimEnd())).toEqual(input.records.map(({ text }) => text));
  expect(lines).toBe(input.text.split("\n").length - 1);
}

describe("records come out the same however the bytes arrive", () => {
  it.each([
    ["NDJSON", ndjson],
    ["one JSON array", array],
    ["one object over several lines", pretty],
  ])("of %s", async (_name, inputs) => {
    await fc.assert(fc.asyncProperty(inputs, fc.boolean(), cuts, expectRead), { numRuns: runs(600) });
  });

  it("when a byte order mark is cut", async () => {
    const bytes = Buffer.from(`${BOM}{"a":1}\n{"a":2}\n`);
    for (const cut of [1, 2, 3]) {
      const { records } = await readPieces(bytes, [cut]);
      expect(records.map(outcomeOf)).toEqual([{ a: 1 }, { a: 2 }]);
    }
  });

  it("when a chunk is empty", async () => {
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      for (const text of ["", `${BOM}{"a":1}\n{"a`, "", '":2}\n', ""]) yield Buffer.from(text);
    };
    const found: unknown[] = [];
    for await (const block of recordBlocks(pieces(), 100))
      found.push(...[...recordsOf(block)].map(outcomeOf));
    expect(found).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it("without their line end", async () => {
    const { records } = await readPieces(Buffer.from('{"a":1}\r\n{"a":2}\r\n'), []);
    expect(records.map(({ text }) => text)).toEqual(['{"a":1}', '{"a":2}']);
    expect(records.map((record) => placeOf(record, "/a").excerpt.text)).toEqual(['{"a":1}', '{"a":2}']);
  });
});

type Kind = "object" | "blank" | "too long" | "not UTF-8" | "not JSON" | "not an object" | "full";

const REASONS: Readonly<Partial<Record<Kind, MalformedReason>>> = {
  "too long": "too-long",
  "not UTF-8": "not-utf8",
  "not JSON": "not-json",
  "not an object": "not-an-object",
};

function lineOf(kind: Kind, seed: number): Buffer {
  switch (kind) {
    case "object":
      return Buffer.from(`{"n":${seed},"é":"😀"}`);
    case "blank":
      return Buffer.from(" ".repeat(seed % 3));
    case "full":
      return Buffer.from(objectOf(LIMIT));
    case "too long":
      return Buffer.from(objectOf(LIMIT + 1 + (seed % 700)));
    case "not UTF-8":
      return Buffer.from([0x7b, 0x22, [0xc0, 0xe9, 0xc3, 0xed][seed % 4]!, 0x22, 0x3a, 0x31, 0x7d]);
    case "not JSON":
      return Buffer.from(["{'a':1}", "x", '{"a":1}}', '{"a":1'][seed % 4]!);
    case "not an object":
      return Buffer.from(["1", '"é"', "null", "true"][seed % 4]!);
  }
}

const lines = fc.array(
  fc.record({
    kind: fc.constantFrom<Kind>(
      "object",
      "object",
      "blank",
      "full",
      "too long",
      "not UTF-8",
      "not JSON",
      "not an object",
    ),
    seed: fc.nat(1000),
  }),
  { minLength: 1, maxLength: 12 },
);

const LIMIT = 300;

/** An object whose text has exactly that many bytes. */
function objectOf(size: number): string {
  return `{"a":"${"x".repeat(size - 8)}"}`;
}

describe("texts that are nearly JSON documents", () => {
  const tokens = fc.constantFrom(
    ...["[", "]", "{", "}", ",", '"', "\n", " ", "x", "é", "1", "\\"],
    ...['{"a":1}', '{"b":"é"}', '[{"a":1}', '},\n{"c":[', "]\n", '"]"', '{"d":\n2}\n'],
  );

  it("are read the same however the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("", "[", "[\n", "{\n"),
        fc.array(tokens, { maxLength: 14 }),
        cuts,
        async (start, parts, pieces) => {
          const bytes = Buffer.from(start + parts.join(""));
          const { records } = await readPieces(bytes, pieces);
          expect(records).toEqual((await readPieces(bytes, [])).records);
        },
      ),
      { numRuns: runs(3000) },
    );
  });

  it("are read the same however the bytes arrive where some parts are too long", async () => {
    const long = fc.constantFrom("x", '"', "\n", "[", "1").map((end) => `{"a":"${"é".repeat(200)}"${end}`);
    const whole = fc.constantFrom(
      objectOf(LIMIT),
      objectOf(LIMIT + 1),
      `{\n"a":\n${objectOf(LIMIT + 50)}\n}\n`,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("", "[", "[\n", "{\n"),
        fc.array(fc.oneof({ weight: 3, arbitrary: tokens }, long, { weight: 2, arbitrary: whole }), {
          maxLength: 8,
        }),
        cuts,
        async (start, parts, pieces) => {
          const bytes = Buffer.from(start + parts.join(""));
          const { records } = await readPieces(bytes, pieces, LIMIT);
          expect(records).toEqual((await readPieces(bytes, [], LIMIT)).records);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it("are read the same where an element is broken off, however the bytes arrive", async () => {
    const bytes = Buffer.from('[\n{"a":"\nx {"b":1}\n]\n');
    const whole = await readPieces(bytes, []);
    for (let cut = 1; cut < bytes.length; cut++) {
      const { records } = await readPieces(bytes, [cut]);
      expect({ cut, records }).toEqual({ cut, records: whole.records });
    }
  });
});

describe("lines that cannot be read", () => {
  it("are reported where they stand, and cost no other record", async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), cuts, async (list, hasLastEnd, pieces) => {
        const texts = list.map(({ kind, seed }) => lineOf(kind, seed));
        const bytes = Buffer.concat(
          texts.map((text, index) =>
            hasLastEnd || index < texts.length - 1 ? Buffer.concat([text, Buffer.from("\n")]) : text,
          ),
        );
        const { records } = await readPieces(bytes, pieces, LIMIT);
        const wanted = list.flatMap(({ kind }, index) => {
          if (kind === "blank") return [];
          const reason = REASONS[kind];
          const outcome = reason ?? JSON.parse(texts[index]!.toString());
          return [{ line: index + 1, column: 1, outcome }];
        });
        const found = records.map((record) => ({
          line: record.line,
          column: record.column,
          outcome: outcomeOf(record),
        }));
        expect(found).toEqual(wanted);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("keep the beginning of what was too long, and nothing of the next line", async () => {
    const bytes = Buffer.from(`${objectOf(150)}\n{"next":1}\n`);
    for (const pieces of [[], [50], [140], { every: 1 }]) {
      const { records } = await readPieces(bytes, pieces, 100);
      expect(records.map(outcomeOf)[1]).toEqual({ next: 1 });
      expect(objectOf(150).startsWith(records[0]!.text)).toBe(true);
      expect(records[0]).toMatchObject({ malformed: "too-long", expected: "at most 100 bytes", line: 1 });
    }
  });

  it("say where UTF-8 or JSON ends", async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xff]),
      Buffer.from('"}\n{"a":"é\ufffd\ufffd'),
      Buffer.from([0xe2, 0x82]),
      Buffer.from('"}\n{"é":1,}\n[1]\n'),
    ]);
    const { records } = await readPieces(bytes, []);
    expect(records).toMatchObject([
      { malformed: "not-utf8", offset: 6, expected: "UTF-8" },
      { malformed: "not-utf8", offset: 9, expected: "UTF-8" },
      { malformed: "not-json", offset: 6, fault: "trailing-comma" },
      { malformed: "not-an-object" },
    ]);
  });
});

/** Elements of an array as bytes, with what must become of each. */
const elements = fc.array(
  fc.record({
    kind: fc.constantFrom<Kind>("object", "object", "full", "too long", "not UTF-8"),
    seed: fc.nat(1000),
    separator: fc.constantFrom(",", ",\n", " ,\r\n  "),
  }),
  { minLength: 1, maxLength: 8 },
);

describe("elements of an array that cannot be read", () => {
  it("are reported where they stand, and cost no other record", async () => {
    await fc.assert(
      fc.asyncProperty(elements, cuts, async (list, pieces) => {
        const parts: Buffer[] = [Buffer.from("[")];
        const wanted = list.map(({ kind, seed, separator }, index) => {
          if (index > 0) parts.push(Buffer.from(separator));
          const before = Buffer.concat(parts).toString();
          const text = lineOf(kind, seed);
          parts.push(text);
          return { ...placeIn(before, before.length), outcome: REASONS[kind] ?? JSON.parse(text.toString()) };
        });
        parts.push(Buffer.from("]\n"));
        const { records } = await readPieces(Buffer.concat(parts), pieces, LIMIT);
        const found = records.map((record) => ({
          line: record.line,
          column: record.column,
          outcome: outcomeOf(record),
        }));
        expect(found).toEqual(wanted);
      }),
      { numRuns: runs(600) },
    );
  });

  it("above the limit are left out whatever the chunks", async () => {
    const bytes = Buffer.from(`[${objectOf(1000)},{"a":1}]`);
    for (const pieces of [[], [500], { every: 100 }]) {
      const { records } = await readPieces(bytes, pieces, LIMIT);
      expect(records.map(outcomeOf)).toEqual(["too-long", { a: 1 }]);
    }
  });

  it("have their column after one that was left out on the same line", async () => {
    const bytes = Buffer.from(`[${objectOf(1000)},{"a":1}]`);
    const { records } = await readPieces(bytes, { every: 100 }, LIMIT);
    expect(records.map(({ column }) => column)).toEqual([2, 1003]);
  });

  it.each([
    ["a number", "1"],
    ["a string", '"x"'],
    ["a string with a comma", '"a,b"'],
    ["a string with a bracket", '"a]b"'],
    ["a string with a brace", '"{"'],
    ["an array", '[{"b":1}]'],
  ])("are one record: %s", async (_name, element) => {
    const bytes = Buffer.from(`[{"a":1},${element},{"a":2}]`);
    for (const pieces of [[], { every: 1 }]) {
      const { records } = await readPieces(bytes, pieces);
      expect(records.map(outcomeOf)).toEqual([{ a: 1 }, "not-an-object", { a: 2 }]);
    }
  });

  it("that end in the middle of a line are followed by the next line's", async () => {
    const bytes = Buffer.from('[\n{"a":1},\n{"b":"x\n{"a":2},\n{"a":3}\n]\n');
    const { records, lines: count } = await readPieces(bytes, []);
    expect(records.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
    expect(records.map(outcomeOf)).toEqual([{ a: 1 }, "not-json", { a: 2 }, { a: 3 }]);
    expect(count).toBe(6);
  });

  it("say what an unfinished array lacks", async () => {
    const { records } = await readPieces(Buffer.from('[\n{"a":1},\n{"a":2}\n'), []);
    expect(records).toMatchObject([
      { value: { a: 1 } },
      { value: { a: 2 } },
      { malformed: "misplaced", expected: 'the "]" that ends the array', line: 4, column: 1 },
    ]);
  });

  it("say what stands behind the array, and read it", async () => {
    const { records } = await readPieces(Buffer.from('[{"a":1}] {"a":2}\n{"a":3}'), []);
    expect(records).toMatchObject([
      { value: { a: 1 }, line: 1, column: 2 },
      { malformed: "unseparated", line: 1, column: 11 },
      { value: { a: 2 }, line: 1, column: 11 },
      { value: { a: 3 }, line: 2, column: 1 },
    ]);
  });
});

describe("objects over several lines, one after the other", () => {
  it("are all read, and said once not to be a JSON document", async () => {
    const bytes = Buffer.from('{\n"a":1\n}\n{\n"a":2\n} {"a":3}\n');
    for (const pieces of [[], { every: 1 }]) {
      const { records } = await readPieces(bytes, pieces);
      expect(records).toMatchObject([
        { value: { a: 1 }, line: 1, column: 1 },
        { malformed: "unseparated", line: 4, column: 1 },
        { value: { a: 2 }, line: 4, column: 1 },
        { value: { a: 3 }, line: 6, column: 3 },
      ]);
    }
  });
});

describe("long records in small pieces", () => {
  const long = "x".repeat(4 << 20);

  it.each([
    ["a first line", `{"a":"${long}"}\n{"b":1}\n`, 2],
    ["a first line that does not close", `{"a":{"b":"${long}"}\n{"b":1}\n`, 2],
    ["a later line", `{"b":1}\n{"a":"${long}"}\n`, 2],
    ["an element of an array", `[{"a":"${long}"},{"b":1}]`, 2],
    ["an object over several lines", `{\n"a":"${long}"\n}\n`, 1],
  ])("are read, and before the test's time is over: %s", async (_name, text, count) => {
    const { records } = await readPieces(Buffer.from(text), { every: 8192 });
    expect(records.length).toBe(count);
  });
});

describe("oddities of a record", () => {
  const readLine = (text: string): LogRecord | undefined => {
    const [record] = recordsOf({ bytes: Buffer.from(text), lines: 0 });
    return record;
  };

  it("are there exactly where a key repeats or is named __proto__", () => {
    fc.assert(
      fc.property(trees([" ", "\t", "\r"], "object"), (tree) => {
        const { text, places } = written(tree);
        const record = readLine(text);
        const wanted = hidden(places);
        expect(record !== undefined && "value" in record && isJsonObject(record.value)).toBe(true);
        expect(record).toHaveProperty("text", text);
        expect((record as { oddities?: unknown }).oddities).toEqual(wanted.length === 0 ? undefined : wanted);
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each([
    '"a" : 1, "b":"\\":"',
    '"a":"\\":","a":1',
    '"\\":":1,"\\u0022:":2',
    '"a":{"b":1},"a":2',
    '"a":[{"b":1,"b":2}]',
  ])("are not hidden by strings that look like keys: {%s}", (members) => {
    const names = [...members.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].map(([, name]) =>
      JSON.parse(`"${name}"`),
    );
    const record = readLine(`{${members}}`);
    expect(record).toHaveProperty("value");
    expect(Object.hasOwn(record!, "oddities")).toBe(new Set(names).size < names.length);
  });

  it("are found below the depth of the quick look", () => {
    for (const depth of [10, 63, 64, 65, 66, 200, 511]) {
      const nested = (inner: string): string => `${'{"a":'.repeat(depth)}${inner}${"}".repeat(depth)}`;
      expect(readLine(nested('{"b":1,"c":2}'))).not.toHaveProperty("oddities");
      expect(readLine(nested('{"b":1,"b":2}'))).toHaveProperty("oddities.length", 1);
    }
  });
});

describe("placeOf", () => {
  it("says the same of a value however often it is asked", () => {
    fc.assert(
      fc.property(
        trees([" ", "\n"], "object"),
        fc.constantFrom("", "/none", "/none/deeper"),
        (tree, missing) => {
          const { text, places } = written(tree);
          const record = (): LogRecord => unscanned(text, {}, 3, 5);
          const often = record();
          for (const { pointer, tree: node } of [...places, ...places.slice(0, 6)]) {
            const wanted = node.kind === "object" ? pointer + missing : pointer;
            expect(placeOf(often, wanted)).toEqual(placeOf(record(), wanted));
          }
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});

describe("placeAt", () => {
  it("places many values of one long line", () => {
    const text = `{"pad":"${"x".repeat(8 << 20)}","a":1}`;
    const record: LogRecord = unscanned(text, {});
    const started = performance.now();
    for (let end = 2; end < 5000; end++) {
      expect(placeAt(record, text.length - end).column).toBe(text.length - end + 1);
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe("very many short lines", () => {
  it("are cut into blocks whose records need little memory", async () => {
    const bytes = Buffer.from("{\n".repeat(200_000));
    const chunks = (async function* () {
      yield bytes;
    })();
    const blocks = [];
    for await (const block of lineBlocks(chunks, bytes.length)) blocks.push(block);
    expect(blocks.map(({ lines }) => lines)).toEqual([65_536, 65_536, 65_536, 3392]);
    expect(blocks.map(({ offset }) => offset)).toEqual([0, 131_072, 262_144, 393_216]);
    expect(Buffer.concat(blocks.map((block) => block.bytes)).equals(bytes)).toBe(true);
  });
});
