import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { FORMAT_NAMES } from "../src/index.js";
import { readAction, type Step } from "./support/composite-action.js";
import { ROOT } from "./support/fixtures.js";
import { errorsOfWorkflow } from "./support/github-parser.js";
import { commandsOf } from "./support/github-runner.js";
import { some } from "./support/long.js";
import { runShell, withKnownFormats } from "./support/shell-block.js";
import {
  BROKEN,
  CLEAN,
  expectAnnotationsOnly,
  HOSTILE_NAMES,
  workspacePerTest,
} from "./support/workspace.js";

const workspace = workspacePerTest();

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const knows = (format: string): boolean => (FORMAT_NAMES as readonly string[]).includes(format);

describe("the job for GitLab", () => {
  const { "mplp-check": job } = load(read("templates/gitlab-ci.yml")) as Record<string, GitlabJob>;
  const script = withKnownFormats(job!.script.join("\n"));
  const run = (variables: Record<string, string>) =>
    runShell(script, workspace.path(), { ...job!.variables, ...variables });

  it("writes the reports that it names as artifacts, in formats of these names", () => {
    const written = [...job!.script.join("\n").matchAll(/-f (\w+) -o (\S+)/g)].map(([, format, file]) => [
      format,
      file,
    ]);
    const { reports, paths } = job!.artifacts;
    expect(written).toEqual([
      ["gitlab", reports.codequality],
      ["junit", reports.junit],
      ["html", paths[0]],
    ]);
  });

  it("fails as the run does, and keeps its reports", () => {
    workspace.put(BROKEN, "logs/b.ndjson");
    workspace.put(CLEAN, "clean/a b.ndjson");
    expect(run({ MPLP_CHECK_PATHS: "logs/" }).status).toBe(1);
    for (const format of ["gitlab", "junit", "html"].filter(knows)) {
      const files: Record<string, string> = {
        gitlab: "gl-code-quality-report.json",
        junit: "mplp-check-junit.xml",
        html: "mplp-check.html",
      };
      expect(readdirSync(workspace.path())).toContain(files[format]);
    }
    expect(run({ MPLP_CHECK_PATHS: "clean/a b.ndjson\n" })).toMatchObject({ status: 0 });
    expect(run({ MPLP_CHECK_PATHS: "logs/", MPLP_CHECK_FAIL_ON: "none" }).status).toBe(0);
    expect(run({ MPLP_CHECK_PATHS: "clean", MPLP_CHECK_CLAIM: "runtime,integration" }).status).toBe(3);
    expect(run({ MPLP_CHECK_PATHS: "nowhere" }).status).toBe(2);
  });

  it("takes every name of a file for nothing but that", () => {
    for (const name of HOSTILE_NAMES) workspace.put(CLEAN, name);
    const before = readdirSync(workspace.path());
    const { status, stdout } = run({ MPLP_CHECK_PATHS: HOSTILE_NAMES.join("\n") });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^read +\$\(touch pwned\)\.ndjson: 14 events$/m);
    const reports = ["gl-code-quality-report.json", "mplp-check-junit.xml", "mplp-check.html"];
    expect(readdirSync(workspace.path()).filter((name) => !reports.includes(name))).toEqual(before);
  });
});

interface GitlabJob {
  readonly script: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly artifacts: {
    readonly paths: readonly string[];
    readonly reports: { readonly codequality: string; readonly junit: string };
  };
}

describe(".pre-commit-hooks.yaml", () => {
  const [hook] = load(read(".pre-commit-hooks.yaml")) as readonly [PreCommitHook];
  const { bin } = JSON.parse(read("package.json")) as { bin: Record<string, string> };

  it("runs a command of the package", () => {
    expect(hook).toMatchObject({
      id: "mplp-check",
      language: "node",
      require_serial: true,
      pass_filenames: false,
    });
    expect(Object.keys(bin)).toContain(hook.entry);
  });

  it.each([
    ["a.ndjson", true],
    ["logs/a.jsonl.gz", true],
    ["logs/a.ndjson.zst", true],
    ["a.zst", false],
    ["a.json", false],
    ["a.ndjson.bak", false],
    ["ndjson", false],
  ])("is given %s: %s", (name, expected) => {
    expect(new RegExp(hook.files).test(name)).toBe(expected);
  });

  it("checks all logs as one, those of its arguments or of the configuration", () => {
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, [join(ROOT, bin[hook.entry]!), ...args], {
        cwd: workspace.path(),
        encoding: "utf8",
      });
    for (const name of HOSTILE_NAMES) workspace.put(CLEAN, `logs/${name}.ndjson`);
    expect(run("logs/").status).toBe(0);
    const { status, stderr } = run();
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("nothing to check: name a log or a folder"),
    ]);
    writeFileSync(workspace.path("mplp-check.yaml"), "paths: logs\n");
    expect(run().status).toBe(0);
    workspace.put(BROKEN, "logs/--fail-on=none.ndjson");
    expect(run().status).toBe(1);
  });
});

interface PreCommitHook {
  readonly entry: string;
  readonly files: string;
}

it("standard error says nothing that GitHub's runner would act on", () => {
  const [names, none] = [["##[add-mask]e", "a ##[stop-commands]t", "::error::x"], { PATH: "" }];
  const args = [join(ROOT, "bin/mplp-check.js"), "-f", "github", "--", ...names];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: workspace.path(),
    env: none,
    encoding: "utf8",
  });
  expect(stderr).toContain("mplp-check: a # #[stop-commands]t: the pattern matches no file");
  expect(commandsOf(stderr).commands).toEqual([]);
  expectAnnotationsOnly(stdout);
  expect(commandsOf(stdout).lines).toEqual([]);
});

describe("docs/ci.md", () => {
  const blocks = [...read("docs/ci.md").matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
    language,
    text: text ?? "",
  }));
  const texts = (language: string): readonly string[] =>
    blocks.filter((block) => block.language === language).map(({ text }) => text);
  const workflows = texts("yaml").filter((text) => text.includes("\njobs:"));

  it("has workflows that GitHub's parser takes, with inputs that the action has", () => {
    const { inputs, outputs } = readAction();
    expect(workflows.length).toBeGreaterThanOrEqual(2);
    for (const workflow of workflows) {
      expect(errorsOfWorkflow(workflow)).toEqual([]);
      for (const { uses = "", with: given = {} } of stepsOf(workflow)) {
        if (!uses.startsWith("mplp-check/")) continue;
        expect(Object.keys(given).filter((name) => !(name in inputs))).toEqual([]);
        expect("paths" in given || "run" in given).toBe(true);
      }
      for (const [, name] of workflow.matchAll(/outputs\.([\w-]+)/g))
        expect(Object.keys(outputs)).toContain(name);
    }
    const described = [...read("docs/ci.md").matchAll(/^\| (`[^|]+`) \|/gm)].map(([, names]) => names).join();
    for (const name of [...Object.keys(inputs), ...Object.keys(outputs)])
      expect(described).toContain(`\`${name}\``);
  });

  it("names what the template and the hook have", () => {
    const others = texts("yaml").filter((text) => !workflows.includes(text));
    const documents = others.map((text) => load(text) as Record<string, unknown>);
    const template = load(read("templates/gitlab-ci.yml")) as Record<string, GitlabJob>;
    const [including] = documents.filter((document) => "include" in document);
    const { variables } = including!["mplp-check"] as GitlabJob;
    expect(variables).toHaveProperty("MPLP_CHECK_PATHS");
    expect(template["mplp-check"]!.variables).toHaveProperty("MPLP_CHECK_PATHS");
    expect(JSON.stringify(documents)).toContain('"hooks":[{"id":"mplp-check"');
    expect(documents).toHaveLength(3);
  });

  const scripts = [
    ...texts("sh"),
    ...texts("yaml").flatMap((text) => /^ {4}- (npx .*)$/m.exec(text)?.[1] ?? []),
    ...texts("groovy").flatMap((text) => /script: '(.*?)'/.exec(text)?.[1] ?? []),
  ];

  it.each(some("commands of docs/ci.md", scripts))("runs as it says: %s", (script) => {
    const env = { GITHUB_STEP_SUMMARY: workspace.path("summary") };
    const run = () => runShell(withKnownFormats(script), workspace.path(), env);
    workspace.put(CLEAN, "logs/a.ndjson");
    const clean = run();
    expect(clean).toMatchObject({ status: 0, stderr: "" });
    workspace.put(BROKEN, "logs/a.ndjson");
    const broken = run();
    expect(broken.status).toBe(script.includes("--fail-on none") ? 0 : 1);
    const formats = [...withKnownFormats(script).matchAll(/-f \w+ -o (\S+)/g)].map(([, file]) => file);
    expect(readdirSync(workspace.path())).toEqual(expect.arrayContaining(formats));
    expectAnnotationsOnly(broken.stdout);
    if (script.includes("::stop-commands::")) expect(commandsOf(broken.stdout).commands).toHaveLength(6);
  });
});

function stepsOf(workflow: string): readonly Step[] {
  const { jobs } = load(workflow) as { jobs: Record<string, { steps: readonly Step[] }> };
  return Object.values(jobs).flatMap(({ steps }) => steps);
}
