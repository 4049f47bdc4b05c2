import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { followersPerTest } from "./support/follower.js";
import { BROKEN } from "./support/workspace.js";

const BROKEN_LINES = readFileSync(BROKEN, "utf8").trimEnd().split("\n");

const { path, append, follow, offline } = followersPerTest();

describe("--follow", () => {
  it("tells findings as the log grows, and reports at a signal what a check reports", async () => {
    append(BROKEN_LINES.slice(0, 1));
    const follower = await follow("-f", "json");
    await follower.said("stderr", "events.ndjson:1:218: error PS-6.1-1: pipeline_id is not a UUID");
    append(BROKEN_LINES.slice(1, 7));
    await follower.said("stderr", "events.ndjson:7:13: error PS-4.1-2");
    append(BROKEN_LINES.slice(7));
    await follower.said("stderr", "events.ndjson:13:297");
    const { status, stdout } = await follower.stop();
    const whole = await offline("events.ndjson", "-f", "json");
    expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it.skipIf(process.platform === "win32")("refuses a pipe, for which it would wait", async () => {
    execFileSync("mkfifo", [path()]);
    const { status, stderr } = await offline("events.ndjson", "--follow", "--idle-timeout", "1s");
    expect([status, stderr]).toEqual([2, expect.stringContaining("is a pipe")]);
  });

  it.each([
    ["--follow", "--as", "event-log:events.ndjson"],
    ["--follow", "events.ndjson", "--as", "event-log:events.ndjson"],
    ["--follow", "--mapping", "mapping.yaml"],
  ])("asks for the log where no path names one: %j", async (...args) => {
    expect(await offline(...args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("name the log as a path, not with --mapping or --as"),
    });
  });

  it.each([
    [["a.ndjson"], "--follow reads one file"],
    [["--state-in", "a.state"], "--follow cannot be combined with --state-in"],
  ])("refuses %j", async (args, words) => {
    expect(await offline("--follow", "events.ndjson", ...args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(words),
    });
    expect((await offline("--idle-timeout", "3s", "events.ndjson")).stderr).toContain("needs --follow");
    expect((await offline("--follow", "-")).stderr).toContain(
      "leave it out, standard input is read to its end anyway",
    );
    expect((await offline("--follow", ".")).stderr).toContain(". is a folder: name a file in it");
    expect((await offline("--follow", "e*.ndjson")).stderr).toContain(
      "e*.ndjson is a pattern: name the file",
    );
  });
});
