import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/fixtures.js";
import { some } from "../support/long.js";
import { CLEAN } from "../support/workspace.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-reasons-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line with so many KiB of addresses. */
function confined(kib: number, ...args: readonly string[]) {
  const command = `ulimit -v ${kib}; exec "$@"`;
  const bin = join(ROOT, "bin/mplp-check.js");
  return spawnSync("bash", ["-c", command, "bash", process.execPath, bin, ...args], { encoding: "utf8" });
}

/**
 * Too few addresses for WebAssembly, and enough for the threads that Node.js starts: with 1,000,000 KiB it sometimes
 * aborts. Node.js 24 aborts with all that are too few.
 */
const TOO_FEW = Number.parseInt(process.versions.node, 10) < 24 ? [1_500_000, 4_000_000, 11_000_000] : [];

describe.runIf(process.platform === "linux")("where the address space is limited", () => {
  it.each(some("limits of the address space", TOO_FEW))("%i KiB: a sentence says what to do", (kib) => {
    const { status, stdout, stderr } = confined(kib, CLEAN);
    expect(status).toBe(2);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "the address space is too small for WebAssembly: raise the limit (ulimit -v), or set NODE_OPTIONS=--disable-wasm-trap-handler",
    );
    expect(stderr).not.toMatch(/internal|^ +at /m);
  });

  it("a large log is checked without threads", () => {
    const log = join(folder, "large.ndjson");
    const event = `{"event_id":"550e8400-e29b-41d4-a716-446655440000","event_type":"t","event_family":"intent","timestamp":"2025-11-30T17:27:20Z"}\n`;
    writeFileSync(log, event.repeat(40_000));
    for (const kib of some("limits of the address space", [12_500_000, 16_000_000])) {
      const { status, stdout, stderr } = confined(kib, log, "--jobs", "8");
      expect(stderr).toBe("");
      expect(stdout).toContain("40,000");
      expect([0, 1]).toContain(status);
    }
  });
});
