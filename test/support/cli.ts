import { type StdioOptions, spawn } from "node:child_process";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { ROOT } from "./fixtures.js";

/** How a command ended, with everything it printed. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** What a command line meets that runs in this process, besides its arguments. */
interface Surroundings extends Setting {
  /** The columns of the terminal that standard output and standard error are; without it, they are pipes. */
  readonly columns?: number;
  /** A report on standard input; a log comes there to processes of their own only. */
  readonly input?: string;
}

const BUILT = pathToFileURL(join(ROOT, "dist/bundle/cli.cjs")).href;

/** The command lines of this process have one working folder and one environment: they take turns. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs the built command line in this process: starting one of its own takes longer than most runs.
 */
export function mplpCheck(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const outcome = turn.then(() => inTurn(args, surroundings));
  turn = outcome.catch(() => undefined);
  return outcome;
}

async function inTurn(
  args: readonly string[],
  { env = {}, cwd = ROOT, columns, input }: Surroundings,
): Promise<Outcome> {
  const [stdout, stderr] = [collected(columns), collected(columns)];
  const { main } = (await import(BUILT)) as typeof import("../../src/cli/main.js");
  const before = { cwd: process.cwd(), env: { ...process.env } };
  process.chdir(cwd);
  replaceEnvironment(environment(env));
  try {
    const streams = {
      stdin: Readable.from(input === undefined ? [] : [Buffer.from(input)]),
      stdout: stdout.stream,
      stderr: stderr.stream,
      env: process.env,
    };
    const status = await main(args, streams);
    return { status, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    replaceEnvironment(before.env);
    process.chdir(before.cwd);
  }
}

function collected(columns: number | undefined) {
  const chunks: Buffer[] = [];
  const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
    chunks.push(chunk);
    done();
  };
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  const stream = Object.assign(new Writable({ write }), terminal);
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
}

function replaceEnvironment(env: Readonly<NodeJS.ProcessEnv>): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}

const environment = (env: Readonly<Record<string, string>>) => ({ PATH: process.env.PATH ?? "", ...env });

/**
 * Runs the built command line as a process of its own: for standard input, limits of Node.js, and the file in `bin`.
 *
 * @param stdout an open file that takes standard output
 */
export function mplpProcess(
  args: readonly string[],
  {
    input = "",
    env = {},
    cwd = ROOT,
    stdout: file,
  }: Setting & { readonly input?: string | Uint8Array; readonly stdout?: number } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const bin = join(ROOT, "bin/mplp-check.js");
    const stdio: StdioOptions = ["pipe", file ?? "pipe", "pipe"];
    const child = spawn(process.execPath, [bin, ...args], { cwd, env: environment(env), stdio });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
    child.stdin?.on("error", () => undefined).end(input);
  });
}
