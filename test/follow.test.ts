import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mplpCheck, type Outcome } from "./support/cli.js";
import { BIN } from "./support/listener.js";
import { BROKEN } from "./support/workspace.js";

const BROKEN_LINES = readFileSync(BROKEN, "utf8").trimEnd().split("\n");

let folder = "";
let running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-follow-"));
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

const path = (name = "events.ndjson"): string => join(folder, name);
const append = (lines: readonly string[]): void =>
  appendFileSync(path(), lines.map((line) => `${line}\n`).join(""));

interface Follower {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
  /** Waits until the output so far holds a text. */
  said(stream: "stdout" | "stderr", text: string | RegExp): Promise<void>;
  stop(): Promise<Outcome>;
}

async function follow(...args: string[]): Promise<Follower> {
  const child = spawn(process.execPath, [BIN, "--follow", "events.ndjson", ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  const ended = new Promise<Outcome>((resolve) =>
    child.on("close", (status) => resolve({ status, ...texts })),
  );
  const said: Follower["said"] = async (stream, text) => {
    const isSaid = () => (typeof text === "string" ? texts[stream].includes(text) : text.test(texts[stream]));
    for (let waited = 0; !isSaid(); waited += 20) {
      if (waited > 20_000) throw new Error(`${String(text)} was not said: ${JSON.stringify(texts)}`);
      await sleep(20);
    }
  };
  const stop = (): Promise<Outcome> => {
    child.kill("SIGINT");
    return ended;
  };
  await said("stderr", "following events.ndjson");
  return { child, ended, said, stop };
}

const offline = (...args: string[]): Promise<Outcome> => mplpCheck(args, { cwd: folder });

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
    [["a.ndjson"], "--follow reads one file"],
    [["--state-in", "a.state"], "--follow does not go with --state-in"],
  ])("refuses %j", async (args, words) => {
    expect(await offline("--follow", "events.ndjson", ...args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(words),
    });
    expect((await offline("--idle-timeout", "3s", "events.ndjson")).stderr).toContain("needs --follow");
    expect((await offline("--follow", "-")).stderr).toContain("reads one file");
    expect((await offline("--follow", ".")).stderr).toContain("reads one file");
  });
});
