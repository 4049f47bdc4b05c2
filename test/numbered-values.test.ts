import { describe, expect, it } from "vitest";
import { NumberedValues } from "../src/engine/memory/numbered-values.js";

/** V8 hashes longer texts by their length alone. */
const LONG = 16_384;
const MANY = 2_000;
/** Takes a tenth of this; where each text is compared with all others, several times as long. */
const MOST_MILLISECONDS = 2_000;

function longText(number: number): string {
  return `${"n".repeat(LONG)}${String(number).padStart(6, "0")}`;
}

describe("numbered values", () => {
  it("tell long texts of one length apart without comparing each with all others", () => {
    const values = new NumberedValues();
    const start = performance.now();
    for (let number = 0; number < MANY; number++) expect(values.numberOf(longText(number))).toBe(number);
    for (let number = 0; number < MANY; number += 100) expect(values.find(longText(number))).toBe(number);
    expect(performance.now() - start).toBeLessThan(MOST_MILLISECONDS);
    expect(values.list).toHaveLength(MANY);
    expect(values.value(MANY - 1)).toBe(longText(MANY - 1));
  });

  it("take no long text for its digest, nor one half of a character for another", () => {
    const values = new NumberedValues();
    const [high, low] = [`${longText(0)}\ud800`, `${longText(0)}\udc00`];
    expect([high, low, "1", 1, high].map((value) => values.numberOf(value))).toEqual([0, 1, 2, 3, 0]);
    expect(values.find(longText(0))).toBeUndefined();
  });
});
