import fc from "fast-check";
import { expect, it } from "vitest";
import { COARSEST, FINEST, TimeBins } from "../src/model/time-bins.js";
import { runs } from "./support/runs.js";

interface Sum {
  count: number;
}

function bins(most: number): TimeBins<Sum> {
  return new TimeBins<Sum>(
    most,
    () => ({ count: 0 }),
    (into, later) => {
      into.count += later.count;
    },
  );
}

/** Finest bins of the years 0001 to 9999, many of them near each other. */
const fine = fc.oneof(
  fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }).map((seconds) => seconds * 1024),
  fc.integer({ min: -3000, max: 3000 }),
  fc.constantFrom(-1, 0, 1, 1024, 1_760_000_000 * 1024),
);

it("bins are the same in any order, and whether they are foreseen", () => {
  fc.assert(
    fc.property(fc.array(fine, { maxLength: 400 }), fc.integer({ min: 2, max: 40 }), (fines, most) => {
      const [one, foreseen, backwards] = [bins(most), bins(most), bins(most)];
      for (const each of fines) one.at(each).count++;
      foreseen.foresee(Float64Array.from(fines));
      for (const each of fines) foreseen.at(each).count++;
      for (const each of fines.toReversed()) backwards.at(each).count++;
      expect([foreseen.exponent, foreseen.entries()]).toEqual([one.exponent, one.entries()]);
      expect([backwards.exponent, backwards.entries()]).toEqual([one.exponent, one.entries()]);
      expect(one.size).toBeLessThanOrEqual(most);
      expect(one.exponent).toBeLessThanOrEqual(COARSEST);
      expect(one.entries().reduce((sum, [, { count }]) => sum + count, 0)).toBe(fines.length);
      if (one.exponent === FINEST) return;
      // Bins are no longer than need be.
      const shorter = new Set(fines.map((each) => Math.floor(each / 2 ** (one.exponent - 1 - FINEST))));
      expect(shorter.size).toBeGreaterThan(most);
    }),
    { numRuns: runs(2000) },
  );
});
