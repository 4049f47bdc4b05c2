import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locate, locateAll, odditiesOf, syntaxErrorOf } from "../src/json/json-scan.js";
import { escaped, hidden, isJson, trees, written } from "./support/json-tree.js";
import { runs } from "./support/runs.js";

const BLANKS = [" ", "\n", "\r\n", "\t", "  \n "];
const MANY = 100_000;
const LARGE = 5 * 1024 * 1024;

/** JSON texts with some characters taken out, put in or replaced, or cut short. */
const mutated = fc
  .tuple(
    trees(BLANKS).map((tree) => written(tree).text),
    fc.array(
      fc.record({
        at: fc.nat(400),
        remove: fc.nat(2),
        insert: fc.oneof(
          fc.constantFrom(
            "",
            "",
            '"',
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "0",
            "-",
            ".",
            "e",
            "\\u12",
            "\\x",
          ),
          fc.constantFrom(
            "\u0000",
            "\u001f",
            "\n",
            "\u007f",
            "\u00a0",
            "\ufeff",
            "\u2028",
            "\ud800",
            "tru",
            "nul",
          ),
          fc.string({ unit: "binary", maxLength: 1 }),
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    fc.boolean(),
  )
  .map(([text, edits, isCut]) => {
    const edited = edits.reduce((current, { at, remove, insert }) => {
      const place = at % (current.length + 1);
      return current.slice(0, place) + insert + current.slice(place + remove);
    }, text);
    return isCut ? edited.slice(0, (edits[0]?.at ?? 0) % (edited.length + 1)) : edited;
  });

/** Short texts of the characters that JSON is made of: most are no JSON. */
const soup = fc
  .array(
    fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      "a",
      "u",
      "0",
      "1",
      "-",
      "+",
      ".",
      "e",
      "E",
      " ",
      "null",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("syntaxErrorOf", () => {
  it("is undefined for every JSON text", () => {
    fc.assert(
      fc.property(trees(BLANKS), (tree) => {
        expect(syntaxErrorOf(written(tree).text)).toBeUndefined();
      }),
      { numRuns: runs(500) },
    );
  });

  it.each([
    ["broken JSON texts", mutated],
    ["short texts of JSON characters", soup],
    ["any text", fc.string({ unit: "binary" })],
  ])("agrees with JSON.parse on %s", (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const error = syntaxErrorOf(text);
        expect(error === undefined).toBe(isJson(text));
        if (error === undefined) return;
        expect(error.offset).toBeGreaterThanOrEqual(0);
        expect(error.offset).toBeLessThanOrEqual(text.length);
        expect(error.expected).not.toBe("");
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each([
    ["", 0, "a value"],
    ["   ", 3, "a value"],
    ["01", 1, "the end of the record"],
    ["-", 0, "a value"],
    ["+1", 0, "a value"],
    ["1.", 1, "the end of the record"],
    ["1.e3", 1, "the end of the record"],
    ["1e", 1, "the end of the record"],
    ["1e+", 1, "the end of the record"],
    [".5", 0, "a value"],
    ["NaN", 0, "a value"],
    ["truer", 4, "the end of the record"],
    ["[1,]", 3, "a value"],
    ["[1 2]", 3, '"," or "]"'],
    ['{"a":1,}', 7, "a key in quotes"],
    ["{a:1}", 1, "a key in quotes"],
    ["{'a':1}", 1, "a key in quotes"],
    ['{"a" 1}', 5, '":"'],
    ['{"a":}', 5, "a value"],
    ['{"a":1 "b":2}', 7, '"," or "}"'],
    ['{"a":1', 6, '"," or "}"'],
    ['{"a":"b}', 5, "a complete string"],
    ['{"a', 1, "a complete string"],
    ['["\\x"]', 1, "a complete string"],
    ['["\\u12g4"]', 1, "a complete string"],
    ['["\t"]', 1, "a complete string"],
    ['["\u0000"]', 1, "a complete string"],
    ["{}{}", 2, "the end of the record"],
    ["{}\u00a0", 2, "the end of the record"],
    ["\ufeff{}", 0, "a value"],
  ])("says where %j stops being JSON, and what could stand there", (text, offset, expected) => {
    expect(isJson(text)).toBe(false);
    expect(syntaxErrorOf(text)).toEqual({ offset, expected });
  });

  it.each([
    '"\u007f"',
    '"\u2028"',
    '"\ud800"',
    '"\\ud800"',
    '"\\uD83D\\uDE00"',
    '"\\/"',
    "-0",
    "0e0",
    "1E+05",
    "\t[ ]\r\n",
  ])("has nothing against %j", (text) => {
    expect(isJson(text)).toBe(true);
    expect(syntaxErrorOf(text)).toBeUndefined();
  });
});

describe("locate", () => {
  it("finds every value of a JSON text, the last one where a key repeats", () => {
    fc.assert(
      fc.property(trees(BLANKS), fc.constantFrom("", ...BLANKS), (tree, blank) => {
        const { text, places } = written(tree);
        for (const { pointer, start, end, isEffective } of places) {
          if (!isEffective) continue;
          expect(locate(blank + text + blank, pointer)).toEqual({
            start: blank.length + start,
            end: blank.length + end,
          });
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it.each([undefined, 2, "\t"])(
    "gives the text of the value that JSON.parse has there (indentation %j)",
    (indentation) => {
      const check = (text: string, value: unknown, pointer: string): void => {
        const { start, end } = locate(text, pointer);
        expect(JSON.stringify(JSON.parse(text.slice(start, end)))).toBe(JSON.stringify(value));
        if (typeof value !== "object" || value === null) return;
        for (const [name, member] of Object.entries(value))
          check(text, member, `${pointer}/${escaped(name)}`);
      };
      fc.assert(
        fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
          const text = JSON.stringify(value, null, indentation);
          check(text, JSON.parse(text), "");
        }),
        { numRuns: runs(300) },
      );
    },
  );

  it("gives the nearest enclosing object of a missing member", () => {
    fc.assert(
      fc.property(trees(BLANKS), fc.constantFrom("", "/b", "/0/c"), (tree, deeper) => {
        const { text, places } = written(tree);
        for (const { pointer, start, end, isEffective, tree: node } of places) {
          if (!isEffective || node.kind !== "object") continue;
          expect(locate(text, `${pointer}/not a member${deeper}`)).toEqual({ start, end });
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it("looks for a missing member in the last of several objects of one name", () => {
    const text = '{"a":{"b":1},"a":{"c":2}}';
    expect(locate(text, "/a/b")).toEqual({ start: 17, end: 24 });
    expect(text.slice(17, 24)).toBe('{"c":2}');
  });

  it("unescapes pointers and keys", () => {
    expect(locate('{"\\u0061":1,"b/c~d":{"":2}}', "/a")).toEqual({ start: 10, end: 11 });
    expect(locate('{"\\u0061":1,"b/c~d":{"":2}}', "/b~1c~0d/")).toEqual({ start: 24, end: 25 });
  });
});

describe("locateAll", () => {
  it("finds what locate finds, but for values that a later one of the same name has replaced", () => {
    fc.assert(
      fc.property(trees(BLANKS), (tree) => {
        const { text, places } = written(tree);
        const spans = locateAll(text);
        for (const { pointer, isEffective } of places) {
          if (isEffective && pointer.split("/").length <= 8)
            expect(spans.get(pointer)).toEqual(locate(text, pointer));
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it("does not find members of an object that a later one of the same name has replaced", () => {
    const spans = locateAll('{"a":{"b":1},"a":{"c":2}}');
    expect(spans.get("/a")).toEqual({ start: 17, end: 24 });
    expect(spans.has("/a/b")).toBe(false);
  });
});

describe("odditiesOf", () => {
  it("finds exactly the repeated keys and those named __proto__, however they are spelled", () => {
    fc.assert(
      fc.property(trees(BLANKS), (tree) => {
        const { text, places } = written(tree);
        expect(odditiesOf(text)).toEqual(hidden(places));
      }),
      { numRuns: runs(1000) },
    );
  });

  it("takes keys for equal that only differ in their escapes", () => {
    expect(odditiesOf('{"\\u0061":1,"a":2}')).toEqual([{ kind: "duplicate-key", pointer: "/a", offset: 16 }]);
    expect(odditiesOf('{"a":{"a":1},"A":2,"b":[{"a":3},{"a":4}]}')).toEqual([]);
  });

  it("finds repeated keys however deep they stand", () => {
    const text = `${'{"a":'.repeat(600)}{"b":1,"b":2}${"}".repeat(600)}`;
    expect(odditiesOf(text).map(({ kind }) => kind)).toEqual(["duplicate-key"]);
  });

  it("lists a bounded number", () => {
    const text = `{${Array.from({ length: 100_000 }, () => '"a":1').join()}}`;
    expect(odditiesOf(text).length).toBeGreaterThan(20);
    expect(odditiesOf(text).length).toBeLessThanOrEqual(10_000);
  });
});

describe("texts of a hostile size", () => {
  const long = "x".repeat(LARGE);
  const members = `{${Array.from({ length: MANY }, (_, index) => `"k${index}":${index}`).join()}}`;

  it.each([
    ["open arrays", "[".repeat(MANY), MANY],
    ["open objects", '{"a":'.repeat(MANY), MANY * 5],
    ["an open string", `{"a":"${long}`, 5],
    ["an open string of escapes", `{"a":"${"\\n".repeat(LARGE / 2)}`, 5],
    ["a number without its exponent", `[${"1".repeat(LARGE)}e]`, LARGE + 1],
    ["a container closed as the other kind", `${"[".repeat(MANY)}}`, MANY],
  ])("are refused where they break: %s", (_name, text, offset) => {
    expect(syntaxErrorOf(text)?.offset).toBe(offset);
  });

  it("give up their innermost value", () => {
    const depth = MANY;
    const started = performance.now();
    expect(locate(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`, "/a".repeat(depth))).toEqual({
      start: depth * 5,
      end: depth * 5 + 1,
    });
    expect(locate(members, `/k${MANY - 1}`).end).toBe(members.length - 1);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
