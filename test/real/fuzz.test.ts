import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../support/fixtures.js";

it("the checker and a judge of its own are compared by a command that says how to see a difference again", () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(ROOT, "test/fuzz/run.mjs"), ...args], { encoding: "utf8" });
  const { status, stdout, stderr } = run("--lines", "400", "--seed", "7", "--batch", "200");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^400 lines, 0 differences, \d+ lines\/s\n$/);
  expect(stderr).toMatch(/^200 of 400 lines, .+\n400 of 400 lines, \d+ lines\/s, 0 differences\n$/);
  expect(run("--lines", "many").status).toBe(2);
});
