import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mplpCheck } from "../support/cli.js";
import { ROOT } from "../support/fixtures.js";
import { defectLog } from "../support/partitions.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-streams-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMMAND = `"${process.execPath}" "${join(ROOT, "bin/mplp-check.js")}"`;

/** Runs a pipeline in which mplp-check is a command. */
function shell(script: string): { status: number | null; stdout: string; stderr: string } {
  const told = `set -o pipefail; mplp-check() { ${COMMAND} "$@"; }; ${script}`;
  return spawnSync("bash", ["-c", told], { cwd: folder, encoding: "utf8", maxBuffer: 1e8 });
}

beforeAll(() => {
  for (const part of [1, 2, 3])
    writeFileSync(join(folder, `${part}.ndjson`), defectLog({ events: 2000, defects: 8, seed: part }));
});

describe("states in pipes", () => {
  const whole = () => mplpCheck(["1.ndjson", "2.ndjson", "3.ndjson", "-f", "json"], { cwd: folder });

  it("go to standard output alone; the verdict is on standard error", () => {
    const { status, stdout, stderr } = shell("mplp-check 1.ndjson --state-out -");
    expect(status).toBe(1);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.at(0)).toMatch(/^\{"header":/);
    expect(lines.at(-1)).toMatch(/^\{"end":/);
    expect(stderr).toMatch(/^mplp-check: nonconformant: /m);
  });

  it("come one after another, and are merged into the report of one run", async () => {
    const parts =
      "for part in 1 2 3; do mplp-check $part.ndjson --part $part/3 --state-out - --fail-on none --quiet; done";
    const { stdout } = shell(`{ ${parts}; } 2>/dev/null | mplp-check merge - -f json`);
    expect(stdout).toBe((await whole()).stdout);
  });

  it("may be compressed, and merged on their way", async () => {
    const state = (part: number) =>
      `mplp-check ${part}.ndjson --part ${part}/3 --state-out - --fail-on none | gzip`;
    const both = `{ ${state(1)}; ${state(2)}; } | mplp-check merge - --state-out - --fail-on none`;
    const { stdout } = shell(`{ ${both} | gzip; ${state(3)}; } 2>/dev/null | mplp-check merge - -f json`);
    expect(stdout).toBe((await whole()).stdout);
  });

  it.each([
    ["one is missing", "{ state 1; state 3; }", "-: part 2 of 3 is missing"],
    ["one is cut off", "{ state 1; state 2 | head -c 900; }", "the file is cut off after this line"],
    ["one ends too early", "{ state 1; state 2 | head -n 4; }", "-:"],
    ["they come in another order", "{ state 2; state 1; state 3; }", "mind the order"],
    [
      "one comes too early",
      "{ state 1; state 3; state 2; }",
      "is part 3 of 3 and comes before part 2 of 3: mind the order",
    ],
  ])("end with 2 where %s", (_, states, message) => {
    const state = "state() { mplp-check $1.ndjson --part $1/3 --state-out - --fail-on none; }";
    const { status, stdout, stderr } = shell(
      `set +o pipefail; ${state}; ${states} 2>/dev/null | mplp-check merge - -f json`,
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message.replace(/^-: /, ""));
  });

  it("carry judged partitions too", async () => {
    shell("for p in 1 2 3; do mplp-check $p.ndjson --part $p/3 --partitions 2 --state-out dealt-$p; done");
    const judge = (number: number) => `mplp-check merge --partition ${number} dealt-* --state-out - --quiet`;
    const { stdout } = shell(`{ ${judge(1)}; ${judge(2)}; } | mplp-check merge - -f json`);
    expect(stdout).toBe((await whole()).stdout);
  });
});
