import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { getSystemErrorMap } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reasonOf } from "../src/input/open/reasons.js";
import { mplpCheck } from "./support/cli.js";
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
