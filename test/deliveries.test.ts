import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveredOnce } from "../src/engine/log/deliveries.js";
import { viewOf } from "../src/model/group.js";

describe("deliveredOnce", () => {
  const values = fc.array(fc.oneof(fc.nat(6), fc.maxSafeInteger(), fc.constant(undefined)), {
    maxLength: 40,
  });

  it("keeps the first of each number, and all that have none", () => {
    fc.assert(
      fc.property(values, (list) => {
        const observations = list.map((value, line) => ({ value, at: { input: 0, line } }));
        const seen = new Set<number>();
        const wanted = observations.filter(({ value }) => {
          if (value === undefined) return true;
          return seen.size < seen.add(value).size;
        });
        const view = viewOf(
          list.length,
          () => Uint32Array.from(list.keys()),
          (place) => observations[place]!,
        );
        for (const group of [observations, view]) {
          const once = deliveredOnce(group, (value) => value);
          expect([...once]).toEqual(wanted);
          expect(once.at(-1)).toEqual(wanted.at(-1));
          expect(once.at(once.length)).toBeUndefined();
        }
      }),
    );
  });
});
