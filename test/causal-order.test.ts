import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inCausalOrder } from "../src/engine/log/causal-order.js";
import { viewOf } from "../src/model/group.js";

const instants = fc.option(
  fc.record({ seconds: fc.integer(), fraction: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
  { nil: undefined },
);

describe("inCausalOrder", () => {
  const list = fc.array(fc.record({ value: fc.nat(), instant: instants }), { maxLength: 30 }).map((rows) =>
    rows.map(({ value, instant }, line) => ({
      value,
      at: { input: 0, line },
      ...(instant !== undefined && { instant: { ...instant, seconds: instant.seconds % 4 } }),
    })),
  );

  it("sorts by instant, ties as they came, and loses none", () => {
    fc.assert(
      fc.property(list, (observations) => {
        const sorted = [...inCausalOrder(observations)];
        expect(new Set(sorted)).toEqual(new Set(observations));
        expect(sorted.length).toBe(observations.length);
        const dated = sorted.filter(({ instant }) => instant !== undefined);
        for (const [index, { instant, at }] of dated.entries()) {
          const next = dated[index + 1];
          if (next?.instant === undefined || instant === undefined) continue;
          const later = next.instant.seconds - instant.seconds || next.instant.fraction - instant.fraction;
          expect(later).toBeGreaterThanOrEqual(0);
          if (later === 0) expect(next.at.line).toBeGreaterThan(at.line);
        }
      }),
    );
  });

  it("sorts a view as it sorts a list", () => {
    fc.assert(
      fc.property(list, (observations) => {
        const view = viewOf(
          observations.length,
          () => Uint32Array.from(observations.keys()),
          (place) => observations[place]!,
        );
        expect([...inCausalOrder(view)]).toEqual([...inCausalOrder(observations)]);
      }),
    );
  });

  it("leaves an observation without an instant behind the one that came before it", () => {
    fc.assert(
      fc.property(list, (observations) => {
        const sorted = [...inCausalOrder(observations)];
        for (const [index, observation] of observations.entries()) {
          if (observation.instant !== undefined) continue;
          const before = observations[index - 1];
          expect(sorted[sorted.indexOf(observation) - 1]).toBe(before);
        }
      }),
    );
  });
});
