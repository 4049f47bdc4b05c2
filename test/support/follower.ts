import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach } from "vitest";
import { mplpCheck, type Outcome } from "./cli.js";
import { BIN } from "./listener.js";

interface Follower {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
  /** Waits until the output so far holds a text. */
  said(stream: "stdout" | "stderr", text: string | RegExp): Promise<void>;
  stop(): Promise<Outcome>;
}

/** A folder for each test, in which `mplp-check --follow events.ndjson` runs, and what would be said without it. */
export function followersPerTest() {
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
      const isSaid = () =>
        typeof text === "string" ? texts[stream].includes(text) : text.test(texts[stream]);
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
  return { path, append, follow, offline };
}
