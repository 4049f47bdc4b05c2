import fc from "fast-check";
import { expect, it } from "vitest";
import { RecentSlots } from "../src/engine/keep/recent-slots.js";
import { runs } from "./support/runs.js";

const SLOT_WORDS = 4;

/** A row with two names and an integer, whose names stand in `text`. */
function rowOf(places: readonly (readonly [start: number, length: number])[], integer: number) {
  const words = new Uint32Array(3 * SLOT_WORDS);
  const doubles = new Float64Array(words.buffer);
  for (const [slot, place] of places.entries()) words.set(place, SLOT_WORDS * slot);
  doubles[SLOT_WORDS] = integer;
  return { words, doubles };
}

const names = fc.oneof(
  fc.constantFrom("", "import", "impart", "stage 1", "stage 2"),
  fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom("a", "b") }),
);
const rows = fc.array(fc.tuple(fc.nat(2), names, names, fc.constantFrom(0, 1, -1, 2 ** 40)), {
  maxLength: 200,
});

it("gives back the number of the same names and integers, and none of others", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const text = Buffer.from(list.map(([, one, other]) => `${one}${other}`).join(""), "latin1");
      const recent = new RecentSlots();
      recent.begin(text);
      const numbers = new Map<string, number>();
      let start = 0;
      for (const [pattern, one, other, integer] of list) {
        const row = rowOf(
          [
            [start, one.length],
            [start + one.length, other.length],
          ],
          integer,
        );
        start += one.length + other.length;
        const slots = { pattern, names: [0, 1], integers: [2] };
        const known = JSON.stringify([pattern, one, other, integer]);
        const number = recent.find(slots, row, 0);
        if (number >= 0) expect(number).toBe(numbers.get(known));
        if (number >= 0) continue;
        numbers.set(known, numbers.get(known) ?? numbers.size);
        recent.put(slots, row, 0, numbers.get(known) ?? -1);
        if (one.length <= 48 && other.length <= 48)
          expect(recent.find(slots, row, 0)).toBe(numbers.get(known));
      }
      recent.begin(text);
      const [pattern, one, other, integer] = list[0] ?? [0, "", "", 0];
      const first = rowOf(
        [
          [0, one.length],
          [one.length, other.length],
        ],
        integer,
      );
      expect(recent.find({ pattern, names: [0, 1], integers: [2] }, first, 0)).toBe(-1);
    }),
    { numRuns: runs(500) },
  );
});
