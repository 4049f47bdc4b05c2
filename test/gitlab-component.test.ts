import { readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { VERSION } from "../src/index.js";
import { componentInputs, environmentOf, type Inputs, jobFor, jobsFor } from "./support/gitlab-component.js";
import { runShell } from "./support/shell-block.js";
import { BROKEN, CLEAN, HOSTILE_NAMES, workspacePerTest } from "./support/workspace.js";

const workspace = workspacePerTest();
const REPORTS = ["gl-code-quality-report.json", "mplp-check-junit.xml", "mplp-check.html"];

/** Runs the script of the component's job in a shell. */
function run(inputs: Inputs, variables: Readonly<Record<string, string>> = {}) {
  const job = jobFor(inputs);
  return runShell(job.script.join("\n"), workspace.path(), { ...environmentOf(job), ...variables });
}

describe("the inputs of the component", () => {
  const inputs = Object.entries(componentInputs());

  it.each(inputs)("%s has a type, a default of that type and a description", (_, input) => {
    expect(["string", "boolean", "array"]).toContain(input.type);
    expect(Array.isArray(input.default) ? "array" : typeof input.default).toBe(input.type);
    expect(input.description).toMatch(/^\p{Lu}.*\.$/u);
    if (input.options !== undefined) expect(input.options).toContain(input.default);
    if (input.regex !== undefined) expect(input.default).toMatch(new RegExp(input.regex));
  });

  it("make a job, with the version of the component by default", () => {
    const jobs = jobsFor({ "job-name": "conformance", stage: "verify", image: "node:24" });
    expect(Object.keys(jobs)).toEqual(["conformance"]);
    expect(jobs.conformance).toMatchObject({
      stage: "verify",
      image: "node:24",
      artifacts: { when: "always", expose_as: "conformance" },
    });
    expect(jobs.conformance!.script.join("\n")).toContain(`npx --yes "mplp-check@${VERSION}" `);
    expect(Object.keys(jobsFor({}))).toEqual(["mplp-check"]);
    expect(jobFor({ version: "1.2.3-rc.1" }).script.join("\n")).toContain('"mplp-check@1.2.3-rc.1"');
  });

  it("are refused where they could not be meant", () => {
    const refused: readonly Inputs[] = [
      { path: ["logs/"] },
      { paths: "logs/" },
      { claim: "everything" },
      { "fail-on": 'must"; touch pwned; "' },
      { version: "1.0.0 && touch pwned" },
      { version: "latest" },
      { complete: "yes" },
    ];
    for (const inputs of refused) expect(() => jobFor(inputs), JSON.stringify(inputs)).toThrow();
  });
});

describe("the job of the component", () => {
  it("writes the reports that it names as artifacts, in formats of these names", () => {
    const { script, artifacts } = jobFor({});
    const written = [...script.join("\n").matchAll(/-f (\w+) -o (\S+)/g)].map(([, format, file]) => [
      format,
      file,
    ]);
    expect(written).toEqual([
      ["gitlab", artifacts.reports.codequality],
      ["junit", artifacts.reports.junit],
      ["html", artifacts.paths[0]],
    ]);
  });

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

  it("has variables that GitLab does not expand: a name may hold a $", () => {
    for (const given of Object.values(jobFor({ paths: ["$HOME.ndjson"] }).variables))
      expect(given).toMatchObject({ expand: false });
  });
});
