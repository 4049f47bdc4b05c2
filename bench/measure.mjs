// What a command takes: one place for all scripts that measure.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** GNU time: it alone tells what a program in any language has used. */
const TIME = "/usr/bin/time";
const hasTime = spawnSync(TIME, ["-f", "%M", "true"]).status === 0;

/**
 * Runs a command to its end.
 *
 * @param output file that takes its standard output; without it, nothing is kept of that
 * @returns seconds by the clock, seconds of CPU in user mode, megabytes resident at most (the last two are NaN where
 *   GNU time is missing), the exit status, and what was written to standard error
 */
export async function measure([command, ...args], output = "/dev/null") {
  const folder = mkdtempSync(join(tmpdir(), "mplp-check-time-"));
  const usage = join(folder, "usage");
  const timed = hasTime ? [TIME, "-q", "-o", usage, "-f", "%U %M", command, ...args] : [command, ...args];
  const out = openSync(output, "w");
  try {
    const start = performance.now();
    const { status, stderr } = await run(timed, out);
    const seconds = (performance.now() - start) / 1000;
    const [cpu, kibibytes] = hasTime ? readFileSync(usage, "utf8").split(" ").map(Number) : [NaN, NaN];
    return { seconds, cpu, megabytes: (kibibytes * 1024) / 1e6, status, stderr };
  } finally {
    closeSync(out);
    rmSync(folder, { recursive: true });
  }
}

function run([command, ...args], out) {
  const child = spawn(command, args, { stdio: ["ignore", out, "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stderr }));
  });
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}
