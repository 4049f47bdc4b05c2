import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { ROOT } from "../support/fixtures.js";
import { commandsOf } from "../support/github-runner.js";
import { some } from "../support/long.js";
import { runShell, withKnownFormats } from "../support/shell-block.js";
import {
  BROKEN,
  CLEAN,
  expectAnnotationsOnly,
  HOSTILE_NAMES,
  workspacePerTest,
} from "../support/workspace.js";

const workspace = workspacePerTest();

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

describe(".pre-commit-hooks.yaml", () => {
  const [hook] = load(read(".pre-commit-hooks.yaml")) as readonly [PreCommitHook];
  const { bin } = JSON.parse(read("package.json")) as { bin: Record<string, string> };

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

describe("docs/ci.md", () => {
  const blocks = [...read("docs/ci.md").matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
    language,
    text: text ?? "",
  }));
  const texts = (language: string): readonly string[] =>
    blocks.filter((block) => block.language === language).map(({ text }) => text);

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
