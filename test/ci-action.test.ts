import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../src/index.js";
import { readAction, runAction } from "./support/composite-action.js";
import { ROOT } from "./support/fixtures.js";
import { errorsOfAction } from "./support/github-parser.js";
import { commandsOf } from "./support/github-runner.js";
import { CLEAN, workspacePerTest } from "./support/workspace.js";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

describe("action.yml", () => {
  const workspace = workspacePerTest();
  const action = readAction();

  it("is what GitHub's parser takes for an action", () => {
    expect(errorsOfAction(read("action.yml"))).toEqual([]);
    expect(errorsOfAction(read("action.yml").replace("using:", "use:"))).not.toEqual([]);
  });

  it("has no expressions in its scripts, and all inputs in their variables", () => {
    const used = action.runs.steps.flatMap(({ env = {}, with: given = {} }) => [
      ...Object.values(env),
      ...Object.values(given),
    ]);
    for (const { run = "" } of action.runs.steps) expect(run).not.toContain("${{");
    for (const name of Object.keys(action.inputs)) expect(used).toContain(`\${{ inputs.${name} }}`);
  });

  it("uses other actions by their commits only", () => {
    for (const { uses } of action.runs.steps) {
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    }
  });

  it("passes a clean log, with a summary and outputs", () => {
    const { status, stdout, outputs, summary } = runAction(
      { paths: workspace.put(CLEAN, "logs/a.ndjson") },
      { workspace: workspace.path() },
    );
    expect(status).toBe(0);
    expect(outputs).toMatchObject({ verdict: "no-violations-found", "exit-code": "0" });
    expect(summary).toContain("**no-violations-found**");
    expect(stdout).toContain("no-violations-found: ");
    expect(commandsOf(stdout).commands).toEqual([]);
    const report = JSON.parse(readFileSync(outputs.report!, "utf8")) as Report;
    expect(report.inputs.map(({ path }) => path)).toEqual(["logs/a.ndjson"]);
  });

  it.each([
    ["20.18.3", 1],
    ["20.19.0", 0],
    ["21.7.3", 1],
    ["22.11.0", 1],
    ["22.12.0", 0],
    ["24.1.0", 0],
  ])("judges Node.js %s as the package does: %i", (version, code) => {
    const runs = action.runs.steps.map(({ run = "" }) => run).join("\n");
    const [, condition = ""] = /node -e '(.*)'; then/.exec(runs) ?? [];
    const script = condition.replace("process.versions.node", `"${version}"`);
    expect(spawnSync(process.execPath, ["-e", script]).status).toBe(code);
  });

  it("says which Node.js it needs", () => {
    const bin = workspace.path("../old");
    mkdirSync(bin);
    writeFileSync(join(bin, "node"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    const { status, stdout } = runAction(
      { paths: "a" },
      { workspace: workspace.path(), env: { PATH: `${bin}:${process.env.PATH}` } },
    );
    expect(status).toBe(2);
    expect(commandsOf(stdout).commands).toMatchObject([{ command: "error", data: /20\.19/ }]);
  });
});
