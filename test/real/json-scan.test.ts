import { describe, expect, it } from "vitest";
import { locate, odditiesOf, syntaxErrorOf } from "../../src/json/json-scan.js";

const MANY = 100_000;
const LARGE = 5 * 1024 * 1024;

describe("texts of a hostile size", () => {
  const arrays = "[".repeat(MANY) + "]".repeat(MANY);
  const objects = `${'{"a":'.repeat(MANY)}1${"}".repeat(MANY)}`;
  const long = "x".repeat(LARGE);
  const members = `{${Array.from({ length: MANY }, (_, index) => `"k${index}":${index}`).join()}}`;

  it.each([
    ["arrays in arrays", arrays],
    ["objects in objects", objects],
    ["a long string", `{"a":"${long}"}`],
    ["a long string of escapes", `{"a":"${"\\n".repeat(LARGE / 2)}"}`],
    ["a long key", `{"${long}":1}`],
    ["a long number", `{"a":${"1".repeat(LARGE)}}`],
    ["a long fraction", `{"a":0.${"1".repeat(LARGE)}}`],
    ["long blanks", `{"a":${" ".repeat(LARGE)}1}`],
    ["many members", members],
    ["many elements", `[${"1,".repeat(LARGE / 2)}1]`],
  ])("are read: %s", (_name, text) => {
    expect(syntaxErrorOf(text)).toBeUndefined();
    expect(odditiesOf(text)).toEqual([]);
    expect(locate(text, "")).toEqual({ start: 0, end: text.length });
  });
});
