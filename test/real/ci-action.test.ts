import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMAT_NAMES, type Report } from "../../src/index.js";
import { runAction } from "../support/composite-action.js";
import { ROOT } from "../support/fixtures.js";
import { commandsOf } from "../support/github-runner.js";
import { some } from "../support/long.js";
import {
  BROKEN,
  CLEAN,
  expectAnnotationsOnly,
  HOSTILE_NAMES,
  workspacePerTest,
} from "../support/workspace.js";

const knows = (format: string): boolean => (FORMAT_NAMES as readonly string[]).includes(format);

describe("action.yml", () => {
  const workspace = workspacePerTest();

  it("runs in a folder of the workspace, and annotates files of the workspace", () => {
    workspace.put(BROKEN, "a, b/logs/b.ndjson");
    workspace.put(join(ROOT, "fixtures/audit/conforming/mapping.yaml"), "a, b/docs/mapping.yaml");
    const inputs = {
      paths: "logs",
      "working-directory": "./a, b/",
      mapping: "docs/mapping.yaml",
      junit: "junit.xml",
      html: "report.html",
    };
    const { status, stdout, outputs } = runAction(inputs, { workspace: workspace.path() });
    expect(status).toBe(1);
    const files = commandsOf(stdout).commands.flatMap(({ properties }) => properties.file ?? []);
    expect(new Set(files)).toEqual(new Set(["a, b/logs/b.ndjson", "a, b/docs/mapping.yaml"]));
    const report = JSON.parse(readFileSync(outputs.report!, "utf8")) as Report;
    expect(report.inputs.map(({ path }) => path)).toEqual(["logs/b.ndjson", "docs/mapping.yaml"]);
    for (const name of ["junit.xml", "report.html"])
      expect(readFileSync(workspace.path(`a, b/${name}`), "utf8")).toContain("mplp-check");
  });

  it("takes a baseline, and refuses a folder that is not there", () => {
    workspace.put(BROKEN, "b.ndjson");
    writeFileSync(workspace.path("known.json"), '{"version":2,"findings":[]}');
    const known = runAction({ paths: "b.ndjson", baseline: "known.json" }, { workspace: workspace.path() });
    expect(known).toMatchObject({ status: 1, outputs: { verdict: "nonconformant" } });
    const nowhere = runAction(
      { paths: "b.ndjson", "working-directory": "no" },
      { workspace: workspace.path() },
    );
    expect(nowhere.status).toBe(2);
    expect(nowhere.stdout).toContain("the input working-directory names no folder");
  });

  it("checks what commands post while they run", () => {
    const post = `curl -sf -H 'Content-Type: application/x-ndjson' --data-binary @log.ndjson "$MPLP_RUNTIME_URL/v1/events"`;
    const run = (inputs: Record<string, string>) => runAction(inputs, { workspace: workspace.path() });
    workspace.put(BROKEN, "log.ndjson");
    const broken = run({ run: `true\n${post} > reply.json`, junit: "r.xml" });
    expect(broken).toMatchObject({ status: 1, outputs: { verdict: "nonconformant", "exit-code": "1" } });
    const files = commandsOf(broken.stdout).commands.flatMap(({ properties }) => properties.file ?? []);
    expect(new Set(files)).toEqual(new Set(["mplp-capture.ndjson"]));
    expect(readFileSync(workspace.path("r.xml"), "utf8")).toContain("<testsuites");
    workspace.put(CLEAN, "log.ndjson");
    expect(run({ run: post })).toMatchObject({ status: 0, outputs: { verdict: "no-violations-found" } });
    expect(run({ run: "true" })).toMatchObject({ status: 3, outputs: { "exit-code": "3" } });
    expect(run({ run: `${post}; false; true` })).toMatchObject({ status: 2, outputs: { "exit-code": "2" } });
    expect(run({ run: "true", paths: "log.ndjson" })).toMatchObject({ status: 2, outputs: {} });
    expect(readdirSync(workspace.path())).not.toContain("pwned");
  });

  it("fails for a broken log, and annotates it", () => {
    workspace.put(BROKEN, "logs/b.ndjson");
    const inputs = {
      paths: "logs/\n",
      findings: "all findings.ndjson",
      claim: "runtime, integration",
      complete: "true",
    };
    const { status, stdout, outputs, summary } = runAction(inputs, { workspace: workspace.path() });
    expect(status).toBe(1);
    expect(outputs).toMatchObject({ verdict: "nonconformant", "exit-code": "1" });
    expect(summary).toContain("**nonconformant**");
    const { commands } = commandsOf(stdout);
    expect(commands).toContainEqual(
      expect.objectContaining({
        command: "error",
        properties: expect.objectContaining({ file: "logs/b.ndjson", line: "7", col: "13" }),
      }),
    );
    const report = JSON.parse(readFileSync(outputs.report!, "utf8")) as Report;
    expect(report.claims).toEqual(["runtime", "integration"]);
    const findings = readFileSync(workspace.path("all findings.ndjson"), "utf8").trim().split("\n");
    expect(findings.length).toBeGreaterThanOrEqual(5);
  });

  it("keeps to fail-on", () => {
    const paths = workspace.put(BROKEN, "b.ndjson");
    expect(runAction({ paths, "fail-on": "none" }, { workspace: workspace.path() })).toMatchObject({
      status: 0,
      outputs: { verdict: "nonconformant", "exit-code": "0" },
    });
  });

  it("keeps to the configuration where an input says nothing", () => {
    workspace.put(BROKEN, "logs/b.ndjson");
    writeFileSync(workspace.path("mplp-check.yaml"), "paths: logs\nfail-on: none\nclaim: [runtime]\n");
    writeFileSync(workspace.path("other config.yaml"), "paths: logs\nfail-on: should\n");
    const run = (inputs: Record<string, string>) => runAction(inputs, { workspace: workspace.path() });
    expect(run({})).toMatchObject({ status: 3, outputs: { verdict: "nonconformant" } });
    expect(run({ config: "other config.yaml" })).toMatchObject({ status: 1 });
  });

  it.runIf(knows("sarif"))("writes SARIF where it is wanted", () => {
    const inputs = { paths: workspace.put(BROKEN, "b.ndjson"), sarif: "my report.sarif" };
    expect(runAction(inputs, { workspace: workspace.path() }).status).toBe(1);
    expect(JSON.parse(readFileSync(workspace.path("my report.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
  });

  const refused: readonly (readonly [string, Readonly<Record<string, string>>, string | undefined])[] = [
    ["a path that is not there", { paths: "nowhere.ndjson" }, "inconclusive"],
    ["no paths", { paths: "\n\n" }, undefined],
    ["a level that does not exist", { paths: "a.ndjson", "fail-on": "often" }, undefined],
    ["neither true nor false", { paths: "a.ndjson", complete: "perhaps" }, undefined],
    ["a report that cannot be written", { paths: "a.ndjson", findings: "a.ndjson/file" }, undefined],
  ];
  it.each(some("inputs of the action", refused))(
    "ends with 2 and an annotation for %s",
    (_what, inputs, verdict) => {
      workspace.put(CLEAN, "a.ndjson");
      const { status, stdout, outputs } = runAction(inputs, { workspace: workspace.path() });
      expect(status).toBe(2);
      expect(outputs["exit-code"]).toBe("2");
      expect(outputs.verdict).toBe(verdict);
      expect(commandsOf(stdout).commands.map(({ command }) => command)).toContain("error");
    },
  );

  it("takes every name of a file for nothing but that", () => {
    for (const name of HOSTILE_NAMES) workspace.put(BROKEN, name);
    const before = readdirSync(workspace.path());
    const inputs = { paths: HOSTILE_NAMES.join("\r\n") };
    const { status, stdout, outputs, summary } = runAction(inputs, { workspace: workspace.path() });
    expect(status).toBe(1);
    expect(readdirSync(workspace.path())).toEqual(before);
    expectAnnotationsOnly(stdout);
    const report = JSON.parse(readFileSync(outputs.report!, "utf8")) as Report;
    expect(report.inputs.map(({ path }) => path).toSorted()).toEqual([...HOSTILE_NAMES].toSorted());
    expect(summary).toContain("`$(touch pwned).ndjson`");
  });

  it("takes names of files that are not there for nothing but that", () => {
    const { status, stdout, outputs } = runAction(
      { paths: HOSTILE_NAMES.join("\n") },
      { workspace: workspace.path() },
    );
    expect({ status, outputs }).toMatchObject({ status: 2, outputs: { verdict: "inconclusive" } });
    expect(readdirSync(workspace.path())).toEqual([]);
    expectAnnotationsOnly(stdout);
  });

  it("takes every other input for nothing but that", () => {
    const paths = workspace.put(CLEAN, "a.ndjson");
    const text =
      "x\"'; touch pwned; $(touch pwned) `touch pwned`\nverdict=conformant\n::set-output name=verdict::a";
    for (const name of some("inputs of the action", [
      "claim",
      "fail-on",
      "complete",
      "config",
      "findings",
      "sarif",
    ])) {
      const { stdout, outputs } = runAction({ paths, [name]: text }, { workspace: workspace.path() });
      expect(readdirSync(workspace.path())).not.toContain("pwned");
      // A file may have any name, so that some of these are good for one.
      expect(outputs["exit-code"]).toBe(readdirSync(workspace.path()).includes(text) ? "0" : "2");
      expect(outputs.verdict ?? "no-violations-found").toBe("no-violations-found");
      expectAnnotationsOnly(stdout);
      rmSync(workspace.path(text), { force: true });
    }
  });

  it("lets no event speak to the runner", () => {
    const says = "##[add-mask]a ::stop-commands::x\\n::error::y";
    const log = readFileSync(BROKEN, "utf8").replaceAll('"success"', JSON.stringify(says));
    writeFileSync(workspace.path("b.ndjson"), log);
    const { status, stdout } = runAction({ paths: "b.ndjson" }, { workspace: workspace.path() });
    expect(status).toBe(1);
    expect(stdout).toContain("# #[add-mask]");
    expectAnnotationsOnly(stdout);
    expect(commandsOf(stdout).commands.length).toBeGreaterThanOrEqual(5);
  });
});
