import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/fixtures.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-guide-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GUIDE = readFileSync(join(ROOT, "docs/auditing.md"), "utf8");

/** The commands of the guide in order, each with the exit code that its comment promises. */
function commandsOf(text: string): { command: string; exit: number }[] {
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => {
    const commands: { command: string; exit: number }[] = [];
    let held = "";
    for (const line of block.split("\n")) {
      const promised = /^(mplp-check .*?) *# exit (\d)$/.exec(line);
      if (promised === null) {
        held += `${line}\n`;
        continue;
      }
      commands.push({ command: `${held}${promised[1]}`, exit: Number(promised[2]) });
      held = "";
    }
    return commands;
  });
}

function exitOf(command: string): number {
  const program = `mplp-check() { "${process.execPath}" "${join(ROOT, "bin/mplp-check.js")}" "$@"; }\n${command}`;
  try {
    execFileSync("bash", ["-c", program], { cwd: folder, stdio: "ignore" });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

describe("docs/auditing.md", () => {
  const commands = commandsOf(GUIDE);
  for (const name of ["events.ndjson", "samples.ndjson", "snapshot-before.json", "snapshot-after.json"])
    cpSync(join(ROOT, "fixtures/audit/conforming", name), join(folder, name));

  it("has commands", () => {
    expect(commands.length).toBeGreaterThan(7);
  });

  it.each(commands.map(({ command, exit }) => [command.split("\n").at(-1) ?? "", exit, command] as const))(
    "%s ends with %d",
    (_shown, exit, command) => {
      expect(exitOf(command)).toBe(exit);
    },
  );
});
