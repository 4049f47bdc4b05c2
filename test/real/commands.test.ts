import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/index.js";
import { mplpProcess } from "../support/cli.js";
import { ROOT } from "../support/fixtures.js";
import { idle, listening } from "../support/signals.js";

const BROKEN = "fixtures/quickstart/broken.ndjson";
const BIN = join(ROOT, "bin/mplp-check.js");
const folder = mkdtempSync(join(tmpdir(), "mplp-check-commands-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasShell = (name: string): boolean => spawnSync(name, ["-c", "true", "/dev/null"]).status === 0;

const event =
  '{"event_id":"1b671a64-40d5-491e-99b0-da01ff1f3341","event_type":"t","event_family":"intent","timestamp":"2026-01-05T08:00:00Z"}\n';

describe("a run that is interrupted", () => {
  const log = join(folder, "long.ndjson");
  function interrupted(
    args: readonly string[],
    signal: NodeJS.Signals,
  ): Promise<{ status: number | null; report: Report }> {
    return new Promise((resolve) => {
      const env = { PATH: process.env.PATH, TMPDIR: folder };
      const child = spawn(process.execPath, [BIN, "-", "-f", "json", ...args], { env });
      let stdout = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      child.on("close", (status) => resolve({ status, report: JSON.parse(stdout) as Report }));
      child.stdin.on("error", () => undefined);
      // More than a block. The pipe stays open: whoever reads it would wait for ever.
      child.stdin.write(event.repeat(9000), () =>
        listening(child.pid)
          .then(() => idle(child.pid))
          .then(() => child.kill(signal)),
      );
    });
  }

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s reports what was checked and ends with %i", async (signal, code) => {
    const { status, report } = await interrupted(["--findings", join(folder, "found.ndjson")], signal);
    expect(report.interrupted).toBe(true);
    expect(report.verdict).toBe("inconclusive");
    expect(report.summary.events).toBeGreaterThan(1000);
    expect(report.errors).toEqual([{ path: "-", message: "interrupted: what follows was not checked" }]);
    expect(status).toBe(code);
    expect(readdirSync(folder).filter((name) => name.startsWith("mplp-check-"))).toEqual([]);
  });

  it("says that nothing was judged while it reads a state", async () => {
    const stateFile = join(folder, "long.state");
    const manyEvents = Array.from({ length: 20_000 }, () =>
      event.replace(/[0-9a-f-]{36}/, () => randomUUID()),
    ).join("");
    await mplpProcess(["-", "--observations-out", stateFile], { input: manyEvents });
    const state = readFileSync(stateFile);
    // More than a pipe holds: it is taken where somebody reads it.
    expect(state.length).toBeGreaterThan(1 << 20);
    const child = spawn(process.execPath, [BIN, "merge", "-"], { env: { PATH: process.env.PATH } });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const ended = once(child, "close");
    child.stdin.write(state.subarray(0, -1), () => idle(child.pid).then(() => child.kill("SIGINT")));
    expect(await ended).toEqual([130, null]);
    expect(stderr).toMatch(/^mplp-check: SIGINT: .*\nmplp-check: -: interrupted, nothing was judged\n$/);
  });

  it("ends quietly where its reader has gone", () => {
    writeFileSync(log, event.repeat(1000));
    const command = `'${process.execPath}' '${BIN}' '${log}' --max-findings 1000 | head -1`;
    const { stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
    expect(stderr).toBe("");
  });
});

describe("progress", () => {
  const isLinux = process.platform === "linux" && hasShell("script");
  it.skipIf(!isLinux)("shows itself on a terminal, and nowhere else", () => {
    const log = join(folder, "more.ndjson");
    // A line is shown after 0.4 s, and these events take a second or more.
    const events = Array.from({ length: 1_200_000 }, () =>
      event.replace(/[0-9a-f-]{36}/, () => randomUUID()),
    );
    writeFileSync(log, events.join(""));
    const command = `'${process.execPath}' '${BIN}' --jobs 1 '${log}'`;
    const onTerminal = spawnSync("script", ["-qec", command, "/dev/null"], { encoding: "utf8" });
    expect(onTerminal.stdout).toMatch(/\d+% of \d+ MiB · [\d,]+ events\/s/);
    const elsewhere = spawnSync("bash", ["-c", command], { encoding: "utf8" });
    expect(elsewhere.stderr).toBe("");
  });

  it.skipIf(!isLinux)("says at a terminal that a log is waited for, and nowhere else", () => {
    const command = `'${process.execPath}' '${BIN}' -`;
    const typed = spawnSync("script", ["-qec", command, "/dev/null"], { encoding: "utf8", input: "\u0004" });
    expect(typed.stdout).toContain("mplp-check: waiting for a log on standard input; Ctrl-D ends it");
    const piped = spawnSync("bash", ["-c", `${command} < '${BROKEN}'`], { encoding: "utf8", cwd: ROOT });
    expect(piped.stderr).toBe("");
  });
});
