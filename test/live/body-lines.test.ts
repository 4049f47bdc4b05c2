import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, MOST_RECORDS } from "../../src/live/body/lines.js";
import { isJson } from "../support/json-tree.js";
import { runs } from "../support/runs.js";

const cut = (text: string, isLines = false): readonly string[] | undefined =>
  linesOf(Buffer.from(text, "latin1"), isLines)?.map((line) => line.toString("latin1"));

/** The text without arrays at its end that hold no record. */
const withoutEmptyBatches = (text: string): string => text.replace(/(?:\s*\[\s*\])+\s*$/, "");

const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });

describe("the lines of a body", () => {
  it("hold the same values, however they were laid out", () => {
    fc.assert(
      fc.property(fc.array(object, { minLength: 1 }), fc.constantFrom(0, 1, "\t", 4), (objects, indent) => {
        const asText = (value: unknown) => Buffer.from(JSON.stringify(value, null, indent));
        const expected = objects.map((each) => JSON.parse(JSON.stringify(each)) as unknown);
        const inTurn = Buffer.from(objects.map((each) => JSON.stringify(each, null, indent)).join("\n"));
        const parsed = (body: Buffer) =>
          linesOf(body, false)?.map((line) => JSON.parse(line.toString("utf8")) as unknown);
        expect(parsed(asText(objects))).toEqual(expected);
        expect(parsed(inTurn)).toEqual(expected);
      }),
      { numRuns: runs(500) },
    );
  });

  it("never change what is broken into what is not, and never break what is whole", () => {
    const piece = fc.constantFrom(...'{}[],:"\\\n\r \tae10', '"a":', '{"b":1}', '"c\nd"', "[INFO]");
    const body = fc.array(piece, { maxLength: 12 }).map((pieces) => `{${pieces.join("")}`);
    fc.assert(
      fc.property(body, fc.boolean(), (text, isLines) => {
        const lines = cut(text, isLines);
        if (lines === undefined) return;
        for (const line of lines) expect(line).not.toMatch(/\n|^\[./);
        if (isJson(text)) expect(lines.map((line) => JSON.parse(line))).toEqual([JSON.parse(text)]);
        // Several whole records on lines of their own are whole; nothing else becomes whole.
        else if (lines.length === 1 && isJson(lines[0] ?? ""))
          expect(isJson(withoutEmptyBatches(text))).toBe(true);
      }),
      { numRuns: runs(20_000) },
    );
  });

  it("are no parts of a value that goes on over several of them", () => {
    const piece = fc.constantFrom(...'{}:",', "\n", "\n", '"a":', '"a":1', '{"b":1}', '{"b"\n:1}');
    const body = fc.array(piece, { maxLength: 12 }).map((pieces) => `{${pieces.join("")}`);
    fc.assert(
      fc.property(body, fc.boolean(), (text, isLines) => {
        const lines = cut(text, isLines) ?? [];
        for (let count = 2; count <= lines.length; count++)
          if (!isJson(lines[0] ?? "")) expect(isJson(lines.slice(0, count).join("\n"))).toBe(false);
      }),
      { numRuns: runs(20_000) },
    );
    expect(cut('{"a"\n:1}', true)).toEqual(['{"a":1}']);
    expect(cut('{"a"\n:1}\n{"b":\n2}', true)).toEqual(['{"a":1}', '{"b":2}']);
    expect(cut('{"a"\n:1\n{"b":2}', true)).toEqual(['{"a"', ":1", '{"b":2}']);
  });

  it("never begin a log that would be read as an array", () => {
    const piece = fc.constantFrom("[", "]", "{", "}", ",", "\n", " ", '"a":1', '{"b":1}', "[INFO]");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), fc.boolean(), (pieces, isLines) => {
        const [first, ...others] = cut(`[${pieces.join("")}`, isLines) ?? [];
        expect(first ?? "").not.toMatch(/^\[|\n/);
        for (const line of others) expect(line).not.toMatch(/^\[.|\n/);
      }),
      { numRuns: runs(20_000) },
    );
  });

  it("keep spellings and repeated keys", () => {
    expect(cut('{\n  "a" : 1.0e3,\n  "a": "\\u0061  b"\n}')).toEqual(['{"a":1.0e3,"a":"\\u0061  b"}']);
    expect(cut('{"a" : 1}\n')).toEqual(['{"a" : 1}']);
  });

  it("keep a broken record as broken as it was", () => {
    expect(cut('{\n"a": "first\nsecond"\n}')).toEqual(['{\r"a": "first\rsecond"\r}']);
    expect(cut('{"a":1},\n{"b":')).toEqual(['{"a":1},\r{"b":']);
  });

  it("take the whole elements of an array that is not", () => {
    expect(cut('[{"a":1},{"b":')).toEqual(['{"a":1}', '{"b":']);
    expect(cut('[{"a":1},\n{"b":2}')).toEqual(['{"a":1}', '{"b":2}', "["]);
  });

  it("are those of NDJSON, also where it was sent as JSON", () => {
    for (const isLines of [true, false])
      expect(cut('{"a":1}\r\n\n{"b":\n{"c":3}\n', isLines)).toEqual(['{"a":1}', '{"b":', '{"c":3}']);
    expect(cut('{\n"a":1\n}\n{\n"b":2\n}', true)).toEqual(['{"a":1}', '{"b":2}']);
    expect(cut('[\n{"a":1},\n{"b":2}\n]', true)).toEqual(['{"a":1}', '{"b":2}']);
    expect(cut('[\n{"a":1}\n{"b":2}\n', true)).toEqual(['{"a":1}\r{"b":2}']);
    expect(cut('{"a":1}\n[]')).toEqual(['{"a":1}']);
    expect(cut('{"a":1}\n[{"b":2},{"c":3}]', true)).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  it.each(["", "  \n", "[", "{", "[[\n", "null", "1", '"text"', "<html>", '[[{"a":1}]]', "\ufeff"])(
    "are none of %j",
    (text) => {
      expect(linesOf(Buffer.from(text), false)).toBe(undefined);
    },
  );

  it("are refused if they are too many, in any form", () => {
    const many = MOST_RECORDS + 1;
    const bodies = [
      ["{}\n".repeat(many), true],
      ["{}\n".repeat(many), false],
      ["{\n}".repeat(many), false],
      [`[${"1,".repeat(many)}1]`, false],
      [`[${"{}x,".repeat(many)}`, false],
      [`[${"1,".repeat(1000)}1]\n`.repeat(many / 1000), true],
    ] as const;
    for (const [body, isLines] of bodies)
      expect(() => linesOf(Buffer.from(body), isLines)).toThrow(expect.objectContaining({ status: 413 }));
    expect(linesOf(Buffer.from("{}\n".repeat(MOST_RECORDS)), true)).toHaveLength(MOST_RECORDS);
  });
});
