import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { getSystemErrorMap } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reasonOf } from "../src/input/open/reasons.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { CLEAN } from "./support/workspace.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-reasons-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An error as Node.js makes it of what the operating system says. */
function systemError(code: string, errno: number): Error {
  return Object.assign(new Error(`${code}: words of the system, open '/a'`), {
    code,
    errno,
    syscall: "open",
  });
}

const CODE = /\b(?:E[A-Z]{3,}|errno|Unknown system error|words of the system)\b/;

describe("what the operating system says", () => {
  const named = [...getSystemErrorMap()].map(([errno, [code]]) => [code, errno] as const);
  const known = Object.entries(constants.errno).map(([code, errno]) => [code, -errno] as const);

  it("is told in words, whatever it is", () => {
    for (const [code, errno] of [...named, ...known])
      expect(reasonOf(systemError(code, errno))).not.toMatch(CODE);
    expect(reasonOf(systemError("Unknown system error -9999", -9999))).not.toMatch(CODE);
  });

  it.each([
    "EIO",
    "ESTALE",
    "ENOTCONN",
    "EREMOTEIO",
    "ETIMEDOUT",
    "EHOSTDOWN",
    "EDQUOT",
    "EROFS",
    "EMFILE",
    "ENOMEM",
    "EBUSY",
    "ENOTSUP",
  ])("%s is told with what to do", (code) => {
    expect(reasonOf(systemError(code, -1e6))).toMatch(/^[a-z][^:]+: [a-z].+/);
  });

  it.runIf(process.platform === "linux").each([
    [116, "the network disk no longer knows the file"],
    [122, "quota"],
    [121, "the network disk does not answer"],
  ])("is known by its number where Node.js has no name for it: %i", (errno, words) => {
    expect(reasonOf(systemError(`Unknown system error -${errno}`, -errno))).toContain(words);
  });

  it("is told with the file", async () => {
    const [loop, long] = [join(folder, "loop.ndjson"), join(folder, `${"x".repeat(300)}.ndjson`)];
    symlinkSync(loop, loop);
    const read = await mplpCheck([loop, long]);
    expect(read.stdout.replace(/\s+/g, " ")).toContain("loop.ndjson: too many symbolic links");
    expect(read.stdout.replace(/\s+/g, " ")).toContain(": the path is too long");
    const written = await mplpCheck([CLEAN, "-o", long]);
    expect(written.status).toBe(2);
    for (const { stdout, stderr } of [read, written]) expect(stdout + stderr).not.toMatch(CODE);
    for (const file of [loop, long, folder]) {
      const { status, stderr } = await mplpCheck(["report", file]);
      expect(status).toBe(2);
      expect(stderr).toContain(`${file}: `);
      expect(stderr).not.toMatch(CODE);
    }
  });
});

/** Runs the command line with so many KiB of addresses. */
function confined(kib: number, ...args: readonly string[]) {
  const command = `ulimit -v ${kib}; exec "$@"`;
  const bin = join(ROOT, "bin/mplp-check.js");
  return spawnSync("bash", ["-c", command, "bash", process.execPath, bin, ...args], { encoding: "utf8" });
}

describe.runIf(process.platform === "linux")("where the address space is limited", () => {
  it.each(some("limits of the address space", [1_000_000, 4_000_000, 11_000_000]))(
    "%i KiB: a sentence says what to do",
    (kib) => {
      const { status, stdout, stderr } = confined(kib, CLEAN);
      expect(status).toBe(2);
      expect(stdout.replace(/\s+/g, " ")).toContain(
        "the address space is too small for WebAssembly: raise the limit (ulimit -v), or set NODE_OPTIONS=--disable-wasm-trap-handler",
      );
      expect(stderr).not.toMatch(/internal|^ +at /m);
    },
  );

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
