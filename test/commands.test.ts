import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { progressText } from "../src/cli/progress.js";
import { CLAUSE_ENTRIES, type Report, RULE_ENTRIES } from "../src/index.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { listening } from "./support/signals.js";

const BROKEN = "fixtures/quickstart/broken.ndjson";
const BIN = join(ROOT, "bin/mplp-check.js");
const folder = mkdtempSync(join(tmpdir(), "mplp-check-commands-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasShell = (name: string): boolean => spawnSync(name, ["-c", "true", "/dev/null"]).status === 0;

describe("mplp-check rules", () => {
  it("lists every rule, a line each", async () => {
    const { stdout, status } = await mplpCheck(["rules"]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(RULE_ENTRIES.map(({ id }) => id));
    expect(status).toBe(0);
  });

  it("filters by clause, level and evidence", async () => {
    const { stdout } = await mplpCheck([
      "rules",
      "--clause",
      "rg-7.1",
      "--level",
      "must",
      "--evidence",
      "log",
      "--json",
    ]);
    const found = JSON.parse(stdout) as typeof RULE_ENTRIES;
    expect(found.map(({ id }) => id)).toContain("structural-changes-logged");
    for (const { clauses, levels, evidence } of found) {
      expect(clauses.join()).toContain("RG-7.1");
      expect(levels).toContain("MUST");
      expect(evidence).toBe("log");
    }
  });

  it("refuses a clause that there is not", async () => {
    const { status, stderr } = await mplpCheck(["rules", "--clause", "PS-9.9-9"]);
    expect(stderr).toContain("there is no clause PS-9.9-9");
    expect(status).toBe(2);
  });

  it("and --list-clauses lists every clause", async () => {
    const { stdout } = await mplpCheck(["--list-clauses"]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(CLAUSE_ENTRIES.map(({ id }) => id));
  });
});

describe("mplp-check explain", () => {
  it("shows what a rule is for, with logs that break and keep it", async () => {
    const { stdout, status } = await mplpCheck(["explain", "event-id-v4"]);
    for (const part of [
      "PS-4.1-2",
      "Physical Schemas Reference 4.1",
      "Why: ",
      "Fix: ",
      "Breaks it: ",
      "Keeps it: ",
      "-> line 1 /event_id: MUST",
    ])
      expect(stdout).toContain(part);
    expect(status).toBe(0);
  });

  it("shows what a clause asks for, whatever the case of its id", async () => {
    const { stdout } = await mplpCheck(["explain", "rg-7.1-2"]);
    for (const part of [
      "RG-7.1-2",
      "printed keyword MUST",
      "To show it: ",
      "structural-changes-logged",
      ": MUST",
    ])
      expect(stdout).toContain(part);
  });

  it.each([
    ["evnt-id-v4", "did you mean event-id-v4?"],
    ["PS-4.1-22", "did you mean PS-4.1-2?"],
    ["something-else-altogether", "mplp-check rules lists the rules"],
  ])("of %s says: %s", async (id, hint) => {
    const { stderr, status } = await mplpCheck(["explain", id]);
    expect(stderr).toContain(hint);
    expect(status).toBe(2);
  });
});

describe("mplp-check report", () => {
  it("renders a run once more, and ends as it did", async () => {
    const file = join(folder, "run.json");
    const run = await mplpCheck([BROKEN, "-f", "json", "-o", file, "-f", "text"]);
    const again = await mplpCheck(["report", file]);
    expect(again.stdout).toBe(run.stdout);
    expect([again.status, run.status]).toEqual([1, 1]);
    const piped = await mplpProcess(["report", "-", "-f", "json"], { input: readFileSync(file) });
    expect(piped.stdout).toBe(readFileSync(file, "utf8"));
  });

  it.each(["nonsense", "{}", '{"schemaVersion":1}'])("says of %s that it is none", async (text) => {
    const { stderr, status } = await mplpProcess(["report", "-"], { input: text });
    expect(stderr).toContain("this is no report of mplp-check");
    expect(status).toBe(2);
  });
});

describe("misspelled words", () => {
  it.each([
    [["explian", "PS-4.1-2"], "did you mean the command explain?"],
    [["--fail-onn", "must", BROKEN], "(Did you mean --fail-on?)"],
    [["rules", "--levle", "must"], "(Did you mean --level?)"],
  ])("%j: %s", async (args, hint) => {
    const { stderr, status } = await mplpCheck(args);
    expect(stderr).toContain(hint);
    expect(status).toBe(2);
  });
});

describe("mplp-check completion", () => {
  const script = async (shell: string): Promise<string> => (await mplpCheck(["completion", shell])).stdout;

  it.each([
    [["--fail-o"], "--fail-on"],
    [["log", "--fail-on", "sh"], "should"],
    [["expl"], "explain"],
    [["explain", "event-id-u"], "event-id-unique"],
    [["log", "-f", "js"], "json"],
  ])("in bash turns %j into %s", async (words, wanted) => {
    const line = ["mplp-check", ...words].map((word) => `'${word}'`).join(" ");
    const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _mplp_check; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const printed = execFileSync("bash", ["-c", `${await script("bash")}\n${ask}`], {
      encoding: "utf8",
      cwd: folder,
    });
    expect(printed.trimEnd().split("\n")).toEqual([wanted]);
  });

  it.skipIf(!hasShell("zsh"))("is a script that zsh reads", async () => {
    execFileSync("zsh", ["-f", "-c", `autoload -U compinit && compinit -u\n${await script("zsh")}`], {
      cwd: folder,
    });
  });

  it.skipIf(!hasShell("fish"))("completes in fish", async () => {
    const ask = `${await script("fish")}\ncomplete -C 'mplp-check --fail-on sh'`;
    expect(execFileSync("fish", ["-c", ask], { encoding: "utf8", cwd: folder })).toMatch(/^should\t/);
  });
});

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
        listening(child.pid).then(() => setTimeout(() => child.kill(signal), 2000)),
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
    child.stdin.write(state.subarray(0, -1), () => setTimeout(() => child.kill("SIGINT"), 1000));
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
  const progress = {
    phase: "reading" as const,
    path: "log.ndjson",
    input: 1,
    inputs: 3,
    events: 240_000,
    findings: 1234,
  };

  it("says how far, how fast, what was found and how long it will take", () => {
    const text = progressText({ ...progress, read: 50 << 20, total: 200 << 20 }, 12);
    expect(text).toBe("25% of 200 MiB · 20,000 events/s · 1,234 findings · 0:36 left · log.ndjson (2 of 3)");
  });

  it("says less of a pipe, whose end nobody knows", () => {
    const text = progressText({ ...progress, inputs: 1, read: 50 << 20 }, 12);
    expect(text).toBe("50 MiB · 20,000 events/s · 1,234 findings · log.ndjson");
  });

  it("names the phases after reading", () => {
    const judging = { ...progress, phase: "judging" as const, read: 200 << 20 };
    expect(progressText(judging, 12)).toBe("judging 240,000 events");
    const placing = { ...progress, phase: "placing" as const, read: 3 << 20 };
    expect(progressText({ ...placing, total: 12 << 20 }, 12)).toBe(
      "placing 1,234 findings: 3 of 12 MiB read again · log.ndjson (2 of 3)",
    );
    expect(progressText({ ...placing, inputs: 1 }, 12)).toBe(
      "placing 1,234 findings: 3 MiB read again · log.ndjson",
    );
  });

  const isLinux = process.platform === "linux" && hasShell("script");
  it.skipIf(!isLinux)("shows itself on a terminal, and nowhere else", () => {
    const log = join(folder, "more.ndjson");
    // A line is shown after 0.4 s, and these events take a second or more.
    const events = Array.from({ length: 400_000 }, () => event.replace(/[0-9a-f-]{36}/, () => randomUUID()));
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
