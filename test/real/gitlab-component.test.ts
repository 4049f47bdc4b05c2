import { readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { environmentOf, type Inputs, jobFor } from "../support/gitlab-component.js";
import { runShell } from "../support/shell-block.js";
import { BROKEN, CLEAN, HOSTILE_NAMES, workspacePerTest } from "../support/workspace.js";

const workspace = workspacePerTest();
const REPORTS = ["gl-code-quality-report.json", "mplp-check-junit.xml", "mplp-check.html"];

/** Runs the script of the component's job in a shell. */
function run(inputs: Inputs, variables: Readonly<Record<string, string>> = {}) {
  const job = jobFor(inputs);
  return runShell(job.script.join("\n"), workspace.path(), { ...environmentOf(job), ...variables });
}

describe("the job of the component", () => {
  it("fails as the run does, and keeps its reports", () => {
    workspace.put(BROKEN, "logs/b.ndjson");
    workspace.put(CLEAN, "clean/a b.ndjson");
    expect(run({ paths: ["logs/"] }).status).toBe(1);
    expect(readdirSync(workspace.path())).toEqual(expect.arrayContaining(REPORTS));
    expect(run({ paths: ["clean/a b.ndjson"] })).toMatchObject({ status: 0, stderr: "" });
    expect(run({ paths: ["logs/"], "fail-on": "none" }).status).toBe(0);
    expect(run({ paths: ["clean"], claim: "runtime,integration" }).status).toBe(3);
    expect(run({ paths: ["nowhere"] }).status).toBe(2);
    expect(run({}).status).toBe(2);
  });

  it("leaves to the project what no input says", () => {
    workspace.put(BROKEN, "logs/b.ndjson");
    expect(run({ paths: ["logs/"] }, { MPLP_CHECK_FAIL_ON: "none" }).status).toBe(0);
    expect(run({ paths: ["logs/"], "fail-on": "must" }, { MPLP_CHECK_FAIL_ON: "none" }).status).toBe(1);
    writeFileSync(workspace.path("mplp-check.yaml"), "paths: logs\nfail-on: none\ncomplete: true\n");
    const { status, stdout } = run({});
    expect([status, stdout]).toEqual([0, expect.stringContaining("logs/b.ndjson: 14 events")]);
    expect(stdout).not.toContain("with --complete");
    writeFileSync(workspace.path("mplp-check.yaml"), "paths: logs\nfail-on: none\n");
    expect(run({}).stdout).toContain("with --complete");
    expect(run({ complete: true }).stdout).not.toContain("with --complete");
  });

  it("takes every name of a file for nothing but that", () => {
    for (const name of HOSTILE_NAMES) workspace.put(CLEAN, name);
    const before = readdirSync(workspace.path());
    const { status, stdout } = run({ paths: HOSTILE_NAMES });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^read +\$\(touch pwned\)\.ndjson: 14 events$/m);
    expect(readdirSync(workspace.path()).filter((name) => !REPORTS.includes(name))).toEqual(before);
  });
});
