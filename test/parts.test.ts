import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, FORMATS, type Report } from "../src/index.js";
import { STATE_VERSION } from "../src/state/run-state.js";
import { mplpCheck, type Outcome } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-parts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OF = 8;
const at = (name: string): string => join(folder, name);
const log = (part: number): string => `part-${part}.ndjson`;
const state = (part: number): string => `part-${part}.state`;
const PARTS = Array.from({ length: OF }, (_, index) => index + 1);

/** An event of one part; ids come again three parts later. */
function event(part: number): string {
  const event_id = `1b671a64-40d5-491e-99b0-00000000000${part % 3}`;
  const event = {
    event_id,
    event_type: `of part ${part}`,
    event_family: "intent",
    timestamp: "2026-01-05T08:00:00Z",
  };
  return `${JSON.stringify(event)}\n`;
}

const run = (args: readonly string[]): Promise<Outcome> => mplpCheck(args, { cwd: folder });
const merge = (states: readonly string[], ...more: readonly string[]): Promise<Outcome> =>
  run(["merge", ...states, "-f", "json", ...more]);

beforeAll(async () => {
  for (const part of PARTS) {
    writeFileSync(at(log(part)), event(part));
    const { status } = await run([log(part), "--part", `${part}/${OF}`, "--state-out", state(part)]);
    expect(status).toBe(0);
    await run([log(part), "--state-out", `unnumbered-${part}.state`]);
  }
});

describe("the parts of a log", () => {
  it("are put together in their order, in whatever order they come", async () => {
    const whole = await run([...PARTS.map(log), "-f", "json"]);
    expect(whole.status).toBe(1);
    expect((await merge(PARTS.map(state))).stdout).toBe(whole.stdout);
    expect((await merge([3, 8, 1, 7, 2, 6, 4, 5].map(state))).stdout).toBe(whole.stdout);
  });

  it.each<[string, readonly string[], string]>([
    ["one is missing", PARTS.filter((part) => part !== 4).map(state), "part 4 of 8 is missing"],
    ["the first is missing", PARTS.slice(1).map(state), "part 1 of 8 is missing"],
    ["the last ones are missing", PARTS.slice(0, 6).map(state), "parts 7 to 8 of 8 are missing"],
    [
      "one comes twice",
      [...PARTS.map(state), "again.state"],
      "part 2 of 8 comes twice: in part-2.state and in again.state",
    ],
    [
      "one is of another log",
      [...PARTS.slice(0, 7).map(state), "other.state"],
      "part-7.state is part 7 of 8, and other.state is part 8 of 9",
    ],
    [
      "one has no part",
      [...PARTS.slice(0, 7).map(state), "unnumbered-8.state"],
      "unnumbered-8.state has no part, and part-1.state is part 1 of 8: give all a --part",
    ],
  ])("are refused where %s", async (_, states, message) => {
    await run([log(2), "--part", "2/8", "--state-out", "again.state"]);
    await run([log(8), "--part", "8/9", "--state-out", "other.state"]);
    const { status, stdout, stderr } = await merge(states);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: `mplp-check: ${message}\n` });
  });

  it("may be merged in a tree, whose states know what they cover", async () => {
    const whole = await run([...PARTS.map(log), "-f", "json"]);
    await merge([3, 1, 4, 2].map(state), "--state-out", "first.state");
    await merge([8, 6, 5, 7].map(state), "--state-out", "second.state");
    expect((await merge(["second.state", "first.state"])).stdout).toBe(whole.stdout);
    const missing = await merge(["first.state", state(6), state(7), state(8)]);
    expect([missing.status, missing.stderr]).toEqual([2, "mplp-check: part 5 of 8 is missing\n"]);
    const hole = await merge([1, 3].map(state), "--state-out", "hole.state");
    expect([hole.status, hole.stderr]).toEqual([2, "mplp-check: part 2 of 8 is missing\n"]);
    const twice = await merge(["first.state", state(2)], "--state-out", "twice.state");
    expect(twice.stderr).toBe("mplp-check: part 2 of 8 comes twice: in first.state and in part-2.state\n");
  });

  it("go on from one another", async () => {
    const whole = await run([log(1), log(2), "-f", "json"]);
    await run([log(1), "--part", "1/2", "--state-out", "chain.state"]);
    const next = await run([log(2), "--part", "2/2", "--state-in", "chain.state", "-f", "json"]);
    expect(next.stdout).toBe(whole.stdout);
    const late = await run([log(2), "--part", "1/2", "--state-in", "chain.state"]);
    expect([late.status, late.stderr]).toEqual([
      2,
      "mplp-check: part 1 of 2 comes twice: in chain.state and in this run\n",
    ]);
  });

  it.each(["0/8", "9/8", "3", "a/b", "1/0", "-1/8", "1/9999999"])(
    "are written as I/N, and not as %s",
    async (part) => {
      const { status, stderr } = await run([log(1), "--part", part, "--state-out", "x.state"]);
      expect(status).toBe(2);
      expect(stderr).toContain("such as 3/8");
    },
  );
});

describe("a log of which parts are missing", () => {
  const text = async (args: readonly string[]) => (await run([...args, "-f", "text"])).stdout;

  it("is never conformant, and every report says so", async () => {
    const one = await run([
      log(1),
      "--part",
      "1/8",
      "--state-out",
      "one.state",
      "--claim",
      "runtime",
      "-f",
      "json",
    ]);
    const report = JSON.parse(one.stdout) as Report;
    expect(report.onlyParts).toEqual({ first: 1, last: 1, of: 8 });
    expect(report.reservations).toContain("of the log, only part 1 of 8 could be judged");
    const some = await text(["merge", state(2), state(3), "--state-out", "some.state"]);
    expect(some).toContain("only parts 2 to 3 of 8 of the log");
  });

  it("is not judged as a whole one, whatever --complete says", async () => {
    const complete = JSON.parse(
      (await merge([1, 2].map(state), "--state-out", "c.state", "--complete")).stdout,
    ) as Report;
    const open = JSON.parse((await merge([1, 2].map(state), "--state-out", "c.state")).stdout) as Report;
    expect(complete.clauses).toEqual(open.clauses);
  });
});

it("states may come through pipes, which are read once", async () => {
  const whole = await run([...PARTS.map(log), "-f", "json"]);
  const pipes = PARTS.map((part) => `<(cat ${state(part)})`).join(" ");
  const command = `'${process.execPath}' '${join(ROOT, "bin/mplp-check.js")}' merge ${pipes} -f json`;
  const { stdout } = spawnSync("bash", ["-c", command], { cwd: folder, encoding: "utf8" });
  expect(stdout).toBe(whole.stdout);
});

describe("states without a part", () => {
  const unnumbered = PARTS.map((part) => `unnumbered-${part}.state`);

  it("are counted if somebody says how many there must be", async () => {
    const whole = await run([...PARTS.map(log), "-f", "json"]);
    expect((await merge(unnumbered, "--expect", "8")).stdout).toBe(whole.stdout);
    const { status, stderr } = await merge(unnumbered.slice(1), "--expect", "8");
    expect([status, stderr]).toEqual([2, "mplp-check: 8 parts were expected, and there are 7\n"]);
    const alone = await merge(unnumbered.slice(0, 1), "--expect", "8");
    expect(alone.stderr).toBe("mplp-check: 8 parts were expected, and there is 1\n");
    await merge(unnumbered.slice(0, 3), "--state-out", "three.state", "--expect", "3");
    expect((await merge(["three.state", ...unnumbered.slice(3)], "--expect", "8")).stdout).toBe(whole.stdout);
  });

  it("stay unaccounted for in the state of their merge", async () => {
    await merge(unnumbered.slice(0, 5), "--state-out", "loose.state");
    const alone = JSON.parse((await merge(["loose.state"])).stdout) as Report;
    expect(alone.unaccountedStates).toBe(5);
    const more = JSON.parse((await merge(["loose.state", ...unnumbered.slice(5)])).stdout) as Report;
    expect(more.unaccountedStates).toBe(8);
    const counted = JSON.parse(
      (await merge(["loose.state", ...unnumbered.slice(5)], "--expect", "8")).stdout,
    ) as Report;
    expect(counted.unaccountedStates).toBeUndefined();
  });

  it("leave a claim open, and a word in every format, since one may be missing", async () => {
    const files = unnumbered.map(at);
    const report = await check([], { stateIn: files, claims: ["runtime"] });
    expect(report.unaccountedStates).toBe(8);
    expect(report.reservations.join()).toContain("8 states without a part were merged");
    for (const format of [
      "text",
      "summary",
      "markdown",
      "html",
      "junit",
      "github",
      "gitlab",
      "sarif",
    ] as const)
      expect([...FORMATS[format](report, { color: false })].join(""), format).toContain(
        "8 states without a part",
      );
  });

  it("of version 2 are refused with a word", async () => {
    const text = readFileSync(at(state(1)), "utf8");
    writeFileSync(at("old.state"), text.replace(`"version":${STATE_VERSION}`, '"version":2'));
    const { status, stderr } = await merge(["old.state"]);
    expect([status, stderr]).toEqual([
      2,
      `mplp-check: old.state:1: the state is of version 2, and only version ${STATE_VERSION} is read\n`,
    ]);
  });
});

it("a report that accounts for its parts says nothing about them", async () => {
  const { stdout } = await merge(PARTS.map(state));
  expect((JSON.parse(stdout) as Report).unaccountedStates).toBeUndefined();
});
