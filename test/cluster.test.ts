import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { expect, it } from "vitest";
import { ROOT } from "./support/fixtures.js";

const scripts = (ending: string): string[] =>
  fastGlob.sync([`scale/**/*.${ending}`, `test/real/cluster/*.${ending}`], { cwd: ROOT });

/** test/real/cluster.test.ts runs them on clusters; test/parts.test.ts and test/partitions.test.ts merge what they do. */
it.each(scripts("sh"))("%s is a script that a shell reads", (script) => {
  const { status, stderr } = spawnSync("bash", ["-n", join(ROOT, script)], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});

const hasPython = spawnSync("python3", ["-c", "import ast"]).status === 0;
if (!hasPython) console.warn("no Python, its scripts for clusters are not read: apt-get install python3");

it.skipIf(!hasPython).each(scripts("py"))("%s is a program that Python reads", (script) => {
  const read = "import ast, sys; ast.parse(open(sys.argv[1]).read())";
  const { status, stderr } = spawnSync("python3", ["-c", read, join(ROOT, script)], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});
