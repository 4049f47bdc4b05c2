import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { defectLog } from "./support/partitions.js";

const SHARDS = 8;
/** Starting Python is slow where all cores are busy. */
const PATIENCE = 300_000;

const UNSHARE = ["--user", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child=KILL"];

/** True if hosts with a network of their own can be made here. */
function hasNamespaces(): boolean {
  const link = "ip link add switch type bridge && ip link add one type veth peer name two";
  return spawnSync("unshare", [...UNSHARE, "--mount-proc", "sh", "-c", link]).status === 0;
}

/** A Python that has Dask: `apt-get install python3-distributed`, or `pip install distributed`. */
const python = ["python3", "/usr/bin/python3"].find(
  (name) => spawnSync(name, ["-c", "import distributed.cli.dask_worker"]).status === 0,
);
const MODE = hasNamespaces() ? "namespaces" : "loopback";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-cluster-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function processesNaming(text: string): readonly string[] {
  const { stdout } = spawnSync("ps", ["ax", "-o", "pid,args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(text));
}

describe("a cluster of hosts", () => {
  if (python === undefined)
    console.warn("cluster.test.ts: skipped, since no Python has Dask: apt-get install python3-distributed");

  it.skipIf(python === undefined)(
    `as ${MODE}: gives the report of one run, though a worker is killed in the middle`,
    async () => {
      const shards = Array.from({ length: SHARDS }, (_, index) => `shard-${index + 1}.ndjson`);
      for (const [index, shard] of shards.entries())
        writeFileSync(join(folder, shard), defectLog({ events: 2500, defects: 10, seed: index + 1 }));
      const whole = await mplpCheck([...shards, "--complete", "--no-config", "-f", "json"], { cwd: folder });

      const script = [join(ROOT, "test/cluster/cluster.sh"), MODE, folder, python ?? ""];
      const command = `"${process.execPath}" "${join(ROOT, "bin/mplp-check.js")}"`;
      const shell = ["bash", ...script, join(ROOT, "scale/dask/check.py"), command];
      const [program = "", ...args] =
        MODE === "namespaces" ? ["unshare", ...UNSHARE, "--mount-proc", ...shell] : shell;
      const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", timeout: PATIENCE });

      console.info(`hosts as ${MODE}\n${stdout}`);
      expect({ status, stderr }).toMatchObject({ status: 0 });
      expect(stdout).toContain("exit 1\n");
      const [, begun, ended] = /commands of worker 2: (\d+) begun, (\d+) ended/.exec(stdout) ?? [];
      expect(Number(begun)).toBe(Number(ended) + 1);
      expect(readFileSync(join(folder, "report.json"), "utf8")).toBe(whole.stdout);
      expect(processesNaming(folder)).toEqual([]);
    },
    PATIENCE,
  );
});
