import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { mplpCheck } from "./support/cli.js";
import { CLEAN } from "./support/workspace.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-large-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of so many bytes that takes no space. */
function sparse(bytes: number): string {
  const file = join(folder, `${bytes}.json`);
  writeFileSync(file, "");
  truncateSync(file, bytes);
  return file;
}

const STATEMENT = [
  "--product",
  "acme 1",
  "--version",
  "1",
  "--contact",
  "a@b.de",
  "--valid-until",
  "2027-01-01",
];

describe("a file that is too large for what it is named as", () => {
  it.each<[string, number, (file: string) => string[]]>([
    ["a report", 256, (file) => ["report", file]],
    ["a report to compare", 256, (file) => ["diff", file, file]],
    ["a report of a trend", 256, (file) => ["trend", file, file]],
    ["a report to complete", 256, (file) => ["excerpts", file, CLEAN]],
    ["a report to state", 256, (file) => ["statement", file, ...STATEMENT]],
    ["a baseline", 256, (file) => [CLEAN, "--baseline", file]],
    ["a configuration", 4, (file) => [CLEAN, "--config", file]],
    ["invariants", 16, (file) => [CLEAN, "--invariants", file]],
  ])("is refused with its limit: %s", async (_what, megabytes, argsFor) => {
    const endless = existsSync("/dev/zero") && megabytes < 100 ? ["/dev/zero"] : [];
    for (const file of [sparse(megabytes * 1e6 + 1), sparse(600e6), ...endless]) {
      const { status, stderr } = await mplpCheck(argsFor(file));
      expect(stderr.split("\n")).toContain(
        `mplp-check: ${file}: it has more than ${megabytes} MB, which is too much for such a file: name another one`,
      );
      expect(status).toBe(2);
    }
  });
});

describe.runIf(existsSync("/dev/zero"))("a stream without end that is no log", () => {
  it.each<[string, string[], string]>([
    ["a check", ["/dev/zero"], "binary data"],
    ["a selftest", ["selftest", "/dev/zero"], "binary data"],
    [
      "a mapping to fill in",
      ["init", "mapping", "--from-log", "/dev/zero", "-o", "-"],
      "holds no MPLP event",
    ],
  ])("ends %s", async (_what, args, said) => {
    const { status, stdout, stderr } = await mplpCheck(args);
    expect(stdout + stderr).toContain(said);
    expect(status).toBe(2);
  });
});

describe.runIf(existsSync("/proc/version"))("a file that says that it is empty and is not", () => {
  it("is looked at like any other", async () => {
    const { status, stdout } = await mplpCheck(["/proc/version"]);
    expect(stdout).toContain("1 input not checked");
    expect(status).toBe(2);
  });
});
