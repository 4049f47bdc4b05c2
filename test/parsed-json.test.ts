import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayBeJson } from "../src/model/parsed-json.js";
import { isJson } from "./support/json-tree.js";
import { runs } from "./support/runs.js";

const blanks = fc.string({ unit: fc.constantFrom(" ", "\t", "\r", "\n"), maxLength: 3 });

describe("a text may be JSON", () => {
  it("whenever it is, whatever blanks are around it", () => {
    fc.assert(
      fc.property(blanks, fc.json(), blanks, (before, json, behind) => {
        expect(mayBeJson(before + json + behind)).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each(["1e5", "-0", "1.5E+3", '""', "[]", "{}", "true", "null", " 7 "])("such as %s", (text) => {
    expect(isJson(text)).toBe(true);
    expect(mayBeJson(text)).toBe(true);
  });

  it("unless its ends show that it is not", () => {
    const signs = fc.string({ unit: fc.constantFrom(...'{}[]"-19.e tfnul,:\u00a0\ufeff') });
    fc.assert(
      fc.property(signs, (text) => {
        expect(mayBeJson(text) || !isJson(text)).toBe(true);
      }),
      { numRuns: runs(4000) },
    );
  });

  it.each(["", " ", "{", "2026-03-01 INFO build 17", "[INFO] started", "Traceback", "\ufeff{}"])(
    "but not %j",
    (text) => {
      expect(mayBeJson(text)).toBe(false);
    },
  );
});
