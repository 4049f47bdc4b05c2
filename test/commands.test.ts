import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { progressText } from "../src/cli/progress.js";
import { CLAUSE_ENTRIES, type Report, RULE_ENTRIES } from "../src/index.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";

const BROKEN = "fixtures/quickstart/broken.ndjson";
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

  it("says so where nothing is left", async () => {
    const { status, stdout, stderr } = await mplpCheck([
      "rules",
      "--level",
      "must",
      "--evidence",
      "event",
      "--clause",
      "IN",
    ]);
    expect([status, stdout, stderr]).toEqual([0, "", "mplp-check: no rule matches all of these options\n"]);
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
    const { stderr, status } = await mplpCheck(["report", "-"], { input: text });
    expect(stderr).toContain("this is no report of mplp-check");
    expect(status).toBe(2);
  });

  it("says of a compressed one that it is", async () => {
    const file = join(folder, "run.json.gz");
    writeFileSync(file, gzipSync("{}"));
    const { stderr } = await mplpCheck(["report", file]);
    expect(stderr).toContain("it is not JSON, but compressed: decompress it first");
  });

  it("refuses one whose table of clauses has gaps", async () => {
    const report = JSON.parse((await mplpCheck([BROKEN, "-f", "json"])).stdout) as Report;
    const coverage = { ...report.summary.coverage, MUST: { satisfied: 1 } };
    const text = JSON.stringify({ ...report, summary: { ...report.summary, coverage } });
    const { stdout, stderr, status } = await mplpCheck(["report", "-"], { input: text });
    expect(stderr).toContain("/summary/coverage/MUST must have required property 'violated'");
    expect([stdout, status]).toEqual(["", 2]);
  });

  it.each([
    ["clause PS-4.1-2, which is violated", "violated"],
    ["a MUST finding", "satisfied"],
  ])("refuses one whose verdict leaves out %s", async (what, status) => {
    const report = JSON.parse((await mplpCheck([BROKEN, "-f", "json"])).stdout) as Report;
    const clauses = report.clauses.map((each) => (each.status === "violated" ? { ...each, status } : each));
    const text = JSON.stringify({ ...report, verdict: "conformant", clauses });
    const outcome = await mplpCheck(["report", "-"], { input: text });
    expect(outcome).toMatchObject({ stdout: "", status: 2 });
    expect(outcome.stderr).toContain(`itself: its verdict, conformant, leaves out ${what}`);
  });
});

it("an earlier report is shown as the environment says", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mplp-check-environment-"));
  const file = join(folder, "run.json");
  await mplpCheck([BROKEN, "-o", file]);
  const env = { MPLP_CHECK_QUIET: "yes", MPLP_CHECK_FAIL_ON: "none" };
  const { status, stdout } = await mplpCheck(["report", file], { env });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^nonconformant: [^\n]+\n$/)]);
  rmSync(folder, { recursive: true });
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
    [["log", "-f", "sarif-"], "sarif-coverage"],
    [["listen", "--format", "ju"], "junit"],
    [["diff", "a", "b", "-f", "j"], "json"],
    [["rules", "--level", "sh"], "should"],
    [["my"], "my log.ndjson"],
  ])("in bash turns %j into %s", async (words, wanted) => {
    writeFileSync(join(folder, "my log.ndjson"), "");
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
});
