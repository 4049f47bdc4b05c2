import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "vitest";
import type { Outcome } from "./cli.js";
import { ROOT } from "./fixtures.js";

export const BIN = join(ROOT, "bin/mplp-check.js");

/** A running `mplp-check listen`, in a folder of its own. */
export interface Listener {
  readonly url: string;
  readonly folder: string;
  readonly capture: string;
  readonly child: ChildProcess;
  /** How it ended, once it has. */
  readonly ended: Promise<Outcome>;
  post(
    path: string,
    body: string | Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** Asks it to end; the report as text. */
  stop(format?: string): Promise<string>;
}

export const JSON_BODY = { "Content-Type": "application/json" };
export const LINES_BODY = { "Content-Type": "application/x-ndjson" };

interface Setting {
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The program and its first arguments; default: the built command line. */
  readonly program?: readonly [string, ...string[]];
}

/** Starts listeners that no test leaves behind. */
export function listenerPerTest() {
  let started: Listener[] = [];
  let folders: string[] = [];
  afterEach(async () => {
    for (const { child } of started) child.kill("SIGKILL");
    await Promise.all(started.map(({ ended }) => ended));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    [started, folders] = [[], []];
  });
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), "mplp-check-live-"));
    folders.push(folder);
    return folder;
  };
  const start = async (args: readonly string[] = [], setting: Setting = {}): Promise<Listener> => {
    const { folder = newFolder(), env = {}, program = [process.execPath, BIN] } = setting;
    const listener = await startListener([...program, "listen", ...args], folder, env);
    started.push(listener);
    return listener;
  };
  return { start, newFolder };
}

async function startListener(
  [program = "", ...args]: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Listener> {
  const ready = join(folder, "ready.json");
  rmSync(ready, { force: true });
  const child = spawn(program, [...args, "--port", "0", "--ready-file", ready], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", HOME: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = outcomeOf(child);
  while (!existsSync(ready)) {
    if (child.exitCode !== null) throw new Error(`listen ended: ${(await ended).stderr}`);
    await sleep(20);
  }
  const { url, capture } = JSON.parse(readFileSync(ready, "utf8")) as { url: string; capture: string };
  const post: Listener["post"] = (path, body, headers = JSON_BODY) =>
    fetch(`${url}${path}`, { method: "POST", body, headers });
  const stop = async (format = "json"): Promise<string> =>
    (await fetch(`${url}/stop?format=${format}`, { method: "POST" })).text();
  return { url, folder, capture: join(folder, capture), child, ended, post, stop };
}

function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, ...texts })));
}
