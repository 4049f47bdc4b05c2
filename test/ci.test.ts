import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { VERSION } from "../src/index.js";
import { readAction, type Step } from "./support/composite-action.js";
import { ROOT } from "./support/fixtures.js";
import { errorsOfWorkflow } from "./support/github-parser.js";
import { commandsOf } from "./support/github-runner.js";
import { COMPONENT, componentInputs, type Inputs, jobFor } from "./support/gitlab-component.js";
import { expectAnnotationsOnly, workspacePerTest } from "./support/workspace.js";

const workspace = workspacePerTest();

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

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

  it("names what the component and the hook have", () => {
    const others = texts("yaml").filter((text) => !workflows.includes(text));
    const documents = others.map((text) => load(text) as Record<string, unknown>);
    const including = documents.flatMap(({ include }) => (include as readonly Including[] | undefined) ?? []);
    expect(including).toHaveLength(2);
    for (const { component, remote = "", inputs } of including) {
      expect(() => jobFor(inputs)).not.toThrow();
      expect(component ?? remote.replace("/v", "@")).toContain(`@${VERSION}`);
      const path = component?.replace(/^.*\/(.*)@.*$/, "templates/$1.yml") ?? remote.split(`v${VERSION}/`)[1];
      expect(path).toBe(COMPONENT);
    }
    const described = [...read("docs/ci.md").matchAll(/^\| (`[^|]+`) \|/gm)].map(([, names]) => names).join();
    for (const name of Object.keys(componentInputs())) expect(described).toContain(`\`${name}\``);
    expect(JSON.stringify(documents)).toContain('"hooks":[{"id":"mplp-check"');
    expect(documents).toHaveLength(4);
  });
});

interface Including {
  readonly component?: string;
  readonly remote?: string;
  readonly inputs: Inputs;
}

function stepsOf(workflow: string): readonly Step[] {
  const { jobs } = load(workflow) as { jobs: Record<string, { steps: readonly Step[] }> };
  return Object.values(jobs).flatMap(({ steps }) => steps);
}
