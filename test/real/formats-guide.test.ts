import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mplpCheck } from "../support/cli.js";
import { ROOT } from "../support/fixtures.js";
import { runShell } from "../support/shell-block.js";

const root = mkdtempSync(join(tmpdir(), "mplp-check-formats-guide-"));
const folder = join(root, "work");
afterAll(() => rmSync(root, { recursive: true, force: true }));

const GUIDE = readFileSync(join(ROOT, "docs/formats.md"), "utf8");

/** The commands with npx in the blocks of the page, whatever language a block is in, without what they are piped into. */
const commands = [...GUIDE.matchAll(/```\w+\n(.*?)```/gs)].flatMap(([, block = ""]) =>
  [...block.matchAll(/(npx mplp-check (?:[^'|&"\n]|'[^'\n]*')*)/g)].map(([, command = ""]) => command.trim()),
);

beforeAll(async () => {
  mkdirSync(join(folder, "reports"), { recursive: true });
  cpSync(join(ROOT, "fixtures/audit/conforming"), join(folder, "audit"), { recursive: true });
  cpSync(join(ROOT, "fixtures/quickstart/events.ndjson"), join(folder, "logs/events.ndjson"));
  for (const day of ["2026-11-28", "2026-11-29"])
    await mplpCheck(["logs", "-o", `reports/${day}.json`, "--quiet"], { cwd: folder });
});

describe("docs/formats.md", () => {
  it("has commands to try", () => {
    expect(commands.length).toBeGreaterThan(5);
  });

  it.each(commands)("%s ends with 0, and writes what it says", (command) => {
    const { status, stderr } = runShell(command, folder);
    expect(status, stderr).toBe(0);
    for (const [, file = ""] of command.matchAll(/ -o (\S+)/g))
      expect(existsSync(join(folder, file)), file).toBe(true);
  });
});
