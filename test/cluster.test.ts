import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
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

it.each([
  ["nothing", []],
  ["no shard", ["folder", "2", "report.json"]],
  ["options in place of shards", ["folder", "2", "report.json", "--", "--complete"]],
  ["no number of partitions", ["folder", "report.json", "a.ndjson", "b.ndjson"]],
])("the script for Slurm says how it is called where it is given %s", (_, args) => {
  const script = join(ROOT, "scale/slurm/check.sh");
  const { status, stderr } = spawnSync("sh", [script, ...args], { encoding: "utf8", cwd: tmpdir() });
  expect([status, stderr]).toEqual([
    2,
    "usage: check.sh FOLDER PARTITIONS REPORT SHARD... -- OPTIONS\nPARTITIONS is a number from 1, REPORT a file to write\n",
  ]);
});

it.skipIf(!hasPython)("the script for Dask needs no Dask for its help, and says where to get it", () => {
  // Without the packages of this machine.
  const run = (...args: string[]) =>
    spawnSync("python3", ["-I", "-S", join(ROOT, "scale/dask/check.py"), ...args], { encoding: "utf8" });
  expect(run("--help").stdout).toMatch(/^usage: check.py /);
  const { status, stderr } = run("shard-1.ndjson");
  expect([status, stderr]).toEqual([
    2,
    "check.py: Dask is not installed: pip install distributed, or apt-get install python3-distributed\n",
  ]);
});
