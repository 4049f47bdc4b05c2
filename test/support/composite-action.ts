import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { ROOT } from "./fixtures.js";

/** What of an action's metadata its steps need; GitHub's own parser has looked at the rest. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
  readonly run?: string;
}

export function readAction(): Action {
  return load(readFileSync(join(ROOT, "action.yml"), "utf8")) as Action;
}

/** How a composite action ended. */
export interface ActionRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

interface Place {
  /** Where the workflow's repository is checked out, and its steps run. */
  readonly workspace: string;
  readonly actionPath?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the scripts of the action as a runner does, until one fails; steps that use other actions are left out. */
export function runAction(inputs: Readonly<Record<string, string>>, place: Place): ActionRun {
  const { workspace, actionPath = ROOT } = place;
  const runner = mkdtempSync(join(workspace, "../runner-"));
  const files = { GITHUB_OUTPUT: join(runner, "output"), GITHUB_STEP_SUMMARY: join(runner, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  mkdirSync(join(runner, "temp"));
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: workspace,
    GITHUB_ACTION_PATH: actionPath,
    RUNNER_TEMP: join(runner, "temp"),
    ...files,
    ...place.env,
  };
  let stdout = "";
  let stderr = "";
  let status: number | null = 0;
  for (const step of readAction().runs.steps) {
    if (step.run === undefined || status !== 0) continue;
    const script = join(runner, "script.sh");
    writeFileSync(script, step.run);
    const outcome = spawnSync("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", script], {
      cwd: workspace,
      env: { ...env, ...environmentOf(step, inputs) },
      encoding: "utf8",
      input: "",
    });
    stdout += outcome.stdout;
    stderr += outcome.stderr;
    status = outcome.status;
  }
  const read = (file: string): string => readFileSync(file, "utf8");
  return {
    status,
    stdout,
    stderr,
    outputs: pairs(read(files.GITHUB_OUTPUT)),
    summary: read(files.GITHUB_STEP_SUMMARY),
  };
}

const INPUT = /^\$\{\{ inputs\.([\w-]+) \}\}$/;

/** The variables of a step. Each of them is one input and nothing else. */
function environmentOf({ env = {} }: Step, given: Readonly<Record<string, string>>): Record<string, string> {
  const { inputs } = readAction();
  const entries = Object.entries(env).map(([name, expression]) => {
    const input = INPUT.exec(expression)?.[1];
    if (input === undefined) throw new Error(`${name} is not an input: ${expression}`);
    return [name, given[input] ?? inputs[input]?.default ?? ""];
  });
  return Object.fromEntries(entries);
}

function pairs(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
