import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Attack, attacked } from "./attack/attack.js";
import { ATTACKS } from "./attack/index.js";
import { ROOT } from "./support/fixtures.js";
import { isRun } from "./support/long.js";

/** As many runs as take about a second; docs/reliability.md tells of longer ones. */
const RUNS: Readonly<Record<string, number>> = {
  histories: 1,
  readings: 3,
  faults: 2,
  tokens: 6,
  injections: 2,
};

describe("attacks", () => {
  it.each(Object.entries(ATTACKS))("find nothing: %s", async (name, attack) => {
    const { failures, tried } = await attacked(attack, { seed: 20_260_105, runs: RUNS[name] ?? 1 });
    expect(failures.map(({ seed, message }) => `seed ${seed}: ${message}`)).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  });
});

describe("an attack", () => {
  const drawing =
    (seen: number[]): Attack["run"] =>
    async (random) => {
      const number = random.below(1_000_000);
      seen.push(number);
      if (number % 3 === 0) throw new Error(`${number} gives way`);
      return 2;
    };

  it("says which seeds make it succeed, and makes it again from one of them", async () => {
    const seen: number[] = [];
    const outcome = await attacked({ of: "numbers", run: drawing(seen) }, { seed: 7, runs: 30 });
    const broken = seen.flatMap((number, run) => (number % 3 === 0 ? [[7 + run, number]] : []));
    expect(broken.length).toBeGreaterThan(0);
    expect(outcome.failures.map(({ seed }) => seed)).toEqual(broken.map(([seed]) => seed));
    expect([outcome.runs, outcome.tried]).toEqual([30, 2 * (30 - broken.length)]);
    const [seed = 0, number = 0] = broken[0] ?? [];
    const again = await attacked({ of: "numbers", run: drawing([]) }, { seed, runs: 1 });
    expect(again.failures).toMatchObject([{ seed, message: expect.stringContaining(`${number} gives way`) }]);
  });

  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(ROOT, "test/attack/run.mjs"), ...args], { encoding: "utf8" });

  it.runIf(isRun("the command of attacks"))("is a command that tells runs and failures", () => {
    const { status, stdout, stderr } = run("readings", "--runs", "1", "--seed", "5");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^readings: 1 runs, \d+ ways to write a log, 0 failures, [\d.]+ s\n$/);
    expect(run("nothing").status).toBe(2);
  });
});
