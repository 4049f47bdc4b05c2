import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("the generator", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mplp-check-defects-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("spreads defects of all kinds evenly over the log, and the evidence of some over most of it", async () => {
    const file = join(folder, "expected.ndjson");
    await bench("generate.mjs", ["--events", MANY_EVENTS, "--defects", "200", "--expect", file]);
    const defects = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string; line: number; related?: number[] });
    const perQuarter = [0, 1, 2, 3].map((quarter) => {
      const isIn = ({ line }: { line: number }) =>
        Math.floor(((line - 1) * 4) / Number(MANY_EVENTS)) === quarter;
      return defects.filter(isIn).length;
    });
    expect(Math.min(...perQuarter)).toBeGreaterThan(30);
    expect(Math.max(...perQuarter)).toBeLessThan(70);
    const distances = defects.map(({ line, related }) => line - (related?.[0] ?? line));
    expect(Math.max(...distances)).toBeGreaterThan(Number(MANY_EVENTS) / 2);
    expect(new Set(defects.map(({ kind }) => kind)).size).toBeGreaterThan(80);
  });
});
