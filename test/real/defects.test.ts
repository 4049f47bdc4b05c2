import { describe, expect, it } from "vitest";
import { bench } from "../support/bench.js";
import { some } from "../support/long.js";

/** As few as 200 defects find room in, and more where all must come to an end. */
const EVENTS = "12000";
const MANY_EVENTS = "20000";

describe("a generated log with 200 injected defects", () => {
  const logs = [
    { seed: "1", events: EVENTS, complete: [] },
    { seed: "2", events: EVENTS, complete: [] },
    { seed: "4", events: MANY_EVENTS, complete: ["--complete"] },
  ];
  it.each(some("logs with injected defects", logs))(
    "is judged with exactly those found: seed $seed $complete",
    async ({ seed, events, complete }) => {
      const { status, stdout } = await bench("defects.mjs", [
        "--events",
        events,
        "--seed",
        seed,
        ...complete,
      ]);
      expect(stdout).toContain(`seed ${seed}: ${events} events`);
      expect(stdout).toMatch(/^200 defects of \d\d kinds: 200 found, 0 missing, 0 unexpected$/m);
      expect(status).toBe(0);
    },
  );

  it("but none asked for gives no finding, not even a note", async () => {
    const args = ["--events", "4000", "--defects", "0", "--seed", "5", "--complete"];
    const { status, stdout } = await bench("defects.mjs", args);
    expect(stdout).toContain("0 defects of 0 kinds: 0 found, 0 missing, 0 unexpected");
    expect(status).toBe(0);
  });
});
