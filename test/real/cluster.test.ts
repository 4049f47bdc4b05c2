import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mplpCheck } from "../support/cli.js";
import { ROOT } from "../support/fixtures.js";
import { defectLog } from "../support/partitions.js";

const SHARDS = 8;
/** Starting Python is slow where all cores are busy. */
const PATIENCE = 300_000;

const APART = ["--net", "--uts", "--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc"];

/** Hosts with a network of their own, made by root or by anybody. */
const [AS_ROOT, AS_ANYBODY] = [APART, ["--user", "--map-root-user", ...APART]];

/** True if such hosts can be made here. */
function canUnshare(options: readonly string[]): boolean {
  const link = "ip link add switch type bridge && ip link add one type veth peer name two";
  return spawnSync("unshare", [...options, "sh", "-c", link]).status === 0;
}

/** A Python that has Dask: `apt-get install python3-distributed`, or `pip install distributed`. */
const python = ["python3", "/usr/bin/python3"].find(
  (name) => spawnSync(name, ["-c", "import distributed.cli.dask_worker"]).status === 0,
);
const MODE = canUnshare(AS_ANYBODY) ? "namespaces" : "loopback";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-cluster-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function processesNaming(text: string): readonly string[] {
  const { stdout } = spawnSync("ps", ["ax", "-o", "pid,args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(text));
}

const shards = Array.from({ length: SHARDS }, (_, index) => `shard-${index + 1}.ndjson`);
const command = `"${process.execPath}" "${join(ROOT, "bin/mplp-check.js")}"`;
let whole = "";

/** Runs one of the scripts of test/real/cluster, with some options of unshare or as a process among others. */
function cluster(apart: readonly string[] | undefined, script: string, ...args: readonly string[]) {
  const own = ["bash", join(ROOT, "test/real/cluster", script), ...args];
  const [program = "", ...rest] = apart === undefined ? own : ["unshare", ...apart, ...own];
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: "utf8", timeout: PATIENCE });
  console.info(stdout);
  return { status, stdout, stderr };
}

const HAS_SLURM = spawnSync("slurmctld", ["-V"]).status === 0 && canUnshare(AS_ROOT);
if (python === undefined)
  console.warn("no Python has Dask, its cluster is skipped: apt-get install python3-distributed");
if (!HAS_SLURM)
  console.warn("no Slurm, or no right to give it namespaces, it is skipped: apt-get install slurm-wlm");

describe.skipIf(python === undefined && !HAS_SLURM)("a cluster", () => {
  beforeAll(async () => {
    for (const [index, shard] of shards.entries())
      writeFileSync(join(folder, shard), defectLog({ events: 2500, defects: 10, seed: index + 1 }));
    const one = await mplpCheck([...shards, "--complete", "--no-config", "-f", "json"], { cwd: folder });
    whole = one.stdout;
  });
  afterEach(() => expect(processesNaming(folder)).toEqual([]));

  it.skipIf(python === undefined)(
    `of Dask, with ${MODE} for hosts, gives the report of one run though a worker is killed in the middle and a step hangs, and none if a shard is missing`,
    () => {
      const check = join(ROOT, "scale/dask/check.py");
      const apart = MODE === "namespaces" ? AS_ANYBODY : undefined;
      const { status, stdout, stderr } = cluster(
        apart,
        "dask.sh",
        MODE,
        folder,
        python ?? "",
        check,
        command,
      );
      expect({ status, stderr }).toMatchObject({ status: 0 });
      expect(stdout).toContain("exit 1\na step was slow\nwith a missing shard: exit 2\n");
      expect(existsSync(join(folder, "some.json"))).toBe(false);
      const [, begun, ended] = /commands of worker 2: (\d+) begun, (\d+) ended/.exec(stdout) ?? [];
      expect(Number(begun)).toBe(Number(ended) + 1);
      expect(readFileSync(join(folder, "report.json"), "utf8")).toBe(whole);
    },
    PATIENCE,
  );

  it.skipIf(!HAS_SLURM)(
    "of Slurm gives the report of one run though a node is killed in the middle and a step hangs, and none if a shard is missing",
    () => {
      const check = join(ROOT, "scale/slurm/check.sh");
      const { status, stdout, stderr } = cluster(AS_ROOT, "slurm.sh", folder, check, command);
      expect({ status, stderr }).toMatchObject({ status: 0 });
      const [, begun, ended] = /commands of node two: (\d+) begun, (\d+) ended/.exec(stdout) ?? [];
      expect(Number(begun)).toBe(Number(ended) + 1);
      expect(stdout).toContain("exit 1\nslow steps: 1\nwith a missing shard: exit 2\n");
      expect(readFileSync(join(folder, "slurm.json"), "utf8")).toBe(whole);
      expect(existsSync(join(folder, "some.json"))).toBe(false);
    },
    PATIENCE,
  );
});
