import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ROOT } from "../support/fixtures.js";
import { listening } from "../support/signals.js";

type Signal = "SIGINT" | "SIGTERM" | "SIGHUP";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-endings-"));
  mkdirSync(join(folder, "tmp"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);

/** The command line at work, with a folder of its own for temporary files. */
class Run {
  readonly #child;
  stdout = "";
  stderr = "";
  readonly #closed: Promise<number>;

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [join(ROOT, "bin/mplp-check.js"), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? "", TMPDIR: path("tmp") },
    });
    this.#child.stdin.on("error", () => undefined);
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    // As a shell tells it.
    this.#closed = new Promise((resolve) =>
      this.#child.on("close", (code, signal) =>
        resolve(signal === null ? (code ?? -1) : 128 + constants.signals[signal]),
      ),
    );
  }

  write(text: string): void {
    this.#child.stdin.write(text);
  }

  listening(): Promise<void> {
    return listening(this.#child.pid);
  }

  kill(signal: Signal): void {
    this.#child.kill(signal);
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await sleep(20);
  }

  /** Waits for the end of the process, and says how many seconds that took. */
  async end(): Promise<{ code: number; seconds: number }> {
    const begun = performance.now();
    const code = await this.#closed;
    return { code, seconds: (performance.now() - begun) / 1000 };
  }
}

/** What of the outputs and temporary files is left. */
const left = (): string[] => [
  ...readdirSync(folder).filter((name) => name.endsWith(".tmp")),
  ...readdirSync(path("tmp")),
];

const event = (id: number): string =>
  `{"event_id":"550e8400-e29b-41d4-a716-${String(id).padStart(12, "0")}","event_type":"t","event_family":"intent","timestamp":"2025-11-30T17:27:20Z"}\n`;
const events = (count: number): string => Array.from({ length: count }, (_, id) => event(id)).join("");

/** Gives a process something to read, waits until it listens for signals, and gives it time to be at work. */
async function started(run: Run): Promise<void> {
  run.write(event(1));
  await run.listening();
  await sleep(700);
}

/** On a busy machine two seconds may become more. */
const LIMIT = 6;

describe("the first signal", () => {
  it.each<[Signal, number]>([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])("%s ends a run that waits for input, with a report and %i", async (signal, expected) => {
    const run = new Run(["-", "--findings", "all.ndjson", "-f", "json", "-o", "run.json"]);
    await started(run);
    run.kill(signal);
    const { code, seconds } = await run.end();
    expect({ code, left: left() }).toEqual({ code: expected, left: [] });
    expect(seconds).toBeLessThan(LIMIT);
    expect(run.stderr).toContain(`${signal}: finishing with what was checked so far`);
    expect(run.stderr).toContain("interrupted");
    expect(readdirSync(folder)).toContain("run.json");
  });

  it("ends a run that waits for somebody to write to a named pipe, with a report", async () => {
    spawnSync("mkfifo", [path("pipe")]);
    const run = new Run(["pipe"]);
    await started(run);
    run.kill("SIGINT");
    const { code, seconds } = await run.end();
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(LIMIT);
    expect(run.stdout).toContain("interrupted");
  });

  it("ends a search of a folder without end", async () => {
    // Every level leads to each of the next.
    mkdirSync(path("deep"));
    for (let outer = 0; outer < 60; outer++) {
      mkdirSync(path(`deep/${outer}`));
      for (let inner = 0; inner < 200; inner++)
        writeFileSync(path(`deep/${outer}/${inner}.json`), event(inner));
    }
    const run = new Run(["deep", "-o", "run.txt"]);
    await sleep(700);
    run.kill("SIGTERM");
    const { code, seconds } = await run.end();
    expect({ code, left: left() }).toEqual({ code: 143, left: [] });
    expect(seconds).toBeLessThan(LIMIT);
  });

  it("ends a run whose schemas take any time", async () => {
    for (const name of ["events", "integration", "learning"])
      spawnSync("cp", ["-r", join(ROOT, "schemas", name), path(name)]);
    const step = (n: number) => ({
      anyOf: [{ $ref: `#/definitions/s${n + 1}` }, { $ref: `#/definitions/s${n + 1}` }],
    });
    const definitions = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`s${n}`, step(n)]));
    const file = "events/mplp-event-core.schema.json";
    const own = JSON.parse(readFileSync(path(file), "utf8")) as object;
    const more = {
      definitions: { ...definitions, s60: { type: "string" } },
      allOf: [{ $ref: "#/definitions/s0" }],
    };
    writeFileSync(path(file), JSON.stringify({ ...own, ...more }));
    writeFileSync(path("log.ndjson"), events(3));
    const run = new Run(["log.ndjson", "--schemas", "."]);
    await sleep(2500);
    run.kill("SIGINT");
    const { code, seconds } = await run.end();
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(LIMIT);
    expect(run.stdout).toContain("interrupted");
  });
});

it("the second signal ends a run at once, and leaves nothing", async () => {
  spawnSync("mkfifo", [path("out.json")]);
  const run = new Run(["-", "--findings", "all.ndjson", "-f", "json", "-o", "out.json"]);
  await started(run);
  run.kill("SIGINT");
  await run.until(() => run.stderr.includes("finishing"));
  run.kill("SIGINT");
  const { code, seconds } = await run.end();
  expect({ code, left: left() }).toEqual({ code: 130, left: [] });
  expect(seconds).toBeLessThan(1.5);
});

it("what cannot be finished in time is given up, and that is said", async () => {
  // Nobody reads what is written.
  spawnSync("mkfifo", [path("out.json")]);
  const run = new Run(["-", "-f", "json", "-o", "out.json"]);
  await started(run);
  run.kill("SIGTERM");
  const { code, seconds } = await run.end();
  expect(code).toBe(143);
  expect(seconds).toBeLessThan(LIMIT);
  expect(run.stderr).toContain("did not finish in time");
});
