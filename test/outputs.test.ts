import fs, {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFileWhole } from "../src/cli/outputs.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-outputs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (name: string): string => (statSync(join(folder, name)).mode & 0o777).toString(8);

/** Text whose second half is only written once the first half is in a file, and what mode that has. */
async function* halves(seen: string[]): AsyncGenerator<string> {
  yield "first ";
  const written = () =>
    readdirSync(folder).find((name) => name !== "report" && statSync(join(folder, name)).size > 0);
  while (written() === undefined) await setImmediate();
  seen.push(modeOf(written() ?? ""));
  yield "second";
}

describe("a file that is written in the place of another", () => {
  it.each(["600", "640", "666", "400"])("has its mode %s from the first byte to the last", async (mode) => {
    const report = join(folder, "report");
    writeFileSync(report, "private");
    chmodSync(report, mode);
    const seen: string[] = [];
    await writeFileWhole(report, halves(seen));
    expect(readFileSync(report, "utf8")).toBe("first second");
    // While it is written nobody may do more than they could with the file before.
    expect(Number.parseInt(seen[0] ?? "777", 8) & ~Number.parseInt(mode, 8)).toBe(0);
    expect(modeOf("report")).toBe(mode);
    expect(readdirSync(folder)).toEqual(["report"]);
  });

  it("has the mode of any new file where there was none", async () => {
    writeFileSync(join(folder, "new"), "");
    const mode = modeOf("new");
    rmSync(join(folder, "new"));
    await writeFileWhole(join(folder, "report"), halves([]));
    expect(modeOf("report")).toBe(mode);
  });
});

describe("a link that leads to nothing yet", () => {
  it("is followed, and its folder is made", async () => {
    symlinkSync("away", join(folder, "near"));
    mkdirSync(join(folder, "far/away"), { recursive: true });
    symlinkSync("far/away", join(folder, "deep"));
    symlinkSync("../new/report", join(folder, "far/away/link"));
    await writeFileWhole(join(folder, "deep/link"), ["first"]);
    expect(readFileSync(join(folder, "far/new/report"), "utf8")).toBe("first");
    await writeFileWhole(join(folder, "near"), ["second"]);
    expect(readFileSync(join(folder, "away"), "utf8")).toBe("second");
    expect(lstatSync(join(folder, "near")).isSymbolicLink()).toBe(true);
  });

  it("goes round in circles, and is refused", async () => {
    symlinkSync("b", join(folder, "a"));
    symlinkSync("a", join(folder, "b"));
    await expect(writeFileWhole(join(folder, "a"), ["text"])).rejects.toThrow();
  });
});

/** What is told to be put on the disk while an action runs: of each, its path, and what `file` holds at that time. */
async function synced(file: string, action: () => Promise<void>): Promise<readonly (readonly string[])[]> {
  const { fsync, fsyncSync } = fs;
  const seen: string[][] = [];
  const note = (fd: number): void =>
    void seen.push([readlinkSync(`/proc/self/fd/${fd}`), readFileSync(file, "utf8")]);
  fs.fsync = ((fd: number, done: () => void) => {
    note(fd);
    fsync(fd, done);
  }) as typeof fsync;
  fs.fsyncSync = (fd) => {
    note(fd);
    fsyncSync(fd);
  };
  syncBuiltinESMExports();
  try {
    await action();
  } finally {
    Object.assign(fs, { fsync, fsyncSync });
    syncBuiltinESMExports();
  }
  return seen;
}

describe.runIf(process.platform === "linux")("what a power cut could take away", () => {
  it("is on the disk before the file before is given up, and then its name", async () => {
    const report = join(folder, "report");
    writeFileSync(report, "old");
    const seen = await synced(report, () => writeFileWhole(report, ["new"]));
    expect(seen).toEqual([
      [expect.stringMatching(/\.mplp-check-[^/]+\.tmp$/), "old"],
      [folder, "new"],
    ]);
  });
});
