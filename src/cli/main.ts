import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Command } from "commander";
import {
  baselineText,
  CLAUSE_ENTRIES,
  ConfigError,
  check,
  discover,
  type ExitCode,
  exitCodeOf,
  loadPolicy,
  NoEvents,
  nearest,
  type Occurrence,
  type Policy,
  ProtocolError,
  type Report,
  RULE_ENTRIES,
  UnreadableFile,
} from "../index.js";
import { printable, safeJson } from "../model/printable.js";
import { type Completable, completion, completionCommand } from "./completion.js";
import { explain, explainCommand } from "./explain.js";
import { init, initCommand } from "./init.js";
import { interruptible } from "./interruption.js";
import { fileSpool } from "./line-spool.js";
import { checkCommand, type Invocation, readInvocation } from "./options.js";
import { identityOf, STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { progressLine } from "./progress.js";
import { report, reportCommand } from "./report.js";
import { listClauses, rules, rulesCommand } from "./rules.js";
import { UsageError } from "./usage-error.js";
import { writeReports } from "./write-reports.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

/**
 * Runs one command line and gives the exit code. Never throws and never ends the process.
 *
 * @param args the arguments, without node and script
 */
export async function main(args: readonly string[]): Promise<number> {
  // Nobody may be left to read what goes wrong; that changes nothing of how the run ends.
  process.stderr.on("error", () => undefined);
  try {
    const [name = "", ...rest] = args;
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command !== undefined) return (await command.run(rest)) ?? 0;
    if (args.includes("--list-clauses")) {
      await listClauses();
      return 0;
    }
    await refuseMisspelled(name);
    return await run(await readInvocation(args, version, process.env));
  } catch (error) {
    if (error instanceof UsageError && error.isHelp) {
      await writeStdout([error.message]);
      return 0;
    }
    process.stderr.write(explained(error));
    return 2;
  }
}

/** Where a word is no file but nearly a command, a command is what was meant. */
async function refuseMisspelled(word: string): Promise<void> {
  const meant = nearest(word, Object.keys(COMMANDS));
  if (meant === undefined || word.startsWith("-")) return;
  const isThere = await access(word).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new UsageError(`error: there is no file ${word}; did you mean the command ${meant}?\n`);
}

interface CommandEntry {
  /** Ends with 0 unless it says otherwise. */
  run(args: readonly string[]): Promise<ExitCode | undefined>;
  readonly program: () => Command;
  /** What may follow the command's name. */
  readonly words: readonly string[];
}

const quietly =
  (action: (args: readonly string[]) => Promise<void>): CommandEntry["run"] =>
  async (args) => {
    await action(args);
    return undefined;
  };

/** Commands by name; whatever begins otherwise is a check. */
const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  rules: { run: quietly(rules), program: rulesCommand, words: [] },
  explain: {
    run: quietly(explain),
    program: explainCommand,
    words: [...RULE_ENTRIES, ...CLAUSE_ENTRIES].map(({ id }) => id),
  },
  init: { run: quietly(init), program: initCommand, words: ["mapping"] },
  report: { run: report, program: () => reportCommand([]), words: [] },
  completion: {
    run: quietly((args) => completion(args, completable())),
    program: completionCommand,
    words: ["bash", "zsh", "fish"],
  },
};

function completable(): Completable {
  const commands = Object.entries(COMMANDS).map(
    ([name, { program, words }]) => [name, { options: program().options, words }] as const,
  );
  return { options: checkCommand(version, []).options, commands: Object.fromEntries(commands) };
}

async function run(invocation: Invocation): Promise<number> {
  const { paths, outputs, findings, failOn } = invocation;
  await refuseOverwriting(invocation);
  const policy = await policyFor(invocation);
  const progress = progressLine(process.stderr);
  const interruption = interruptible();
  const result = await withFindings(findings, (options) =>
    check(paths, {
      ...invocation,
      ...options,
      policy,
      signal: interruption.signal,
      onProgress: progress.show,
    }),
  ).finally(progress.clear);
  await writeReports(result, outputs);
  const isWritten = await keepBaseline(result, invocation);
  if (result.interrupted === true) return interruption.exitCode();
  return isWritten && result.errors.length === 0 ? 0 : exitCodeOf(result, failOn);
}

function policyFor({ configuration, baseline, writeBaseline, pruneBaseline }: Invocation): Promise<Policy> {
  if (pruneBaseline && baseline === undefined)
    throw new UsageError("error: --prune-baseline needs a --baseline\n");
  const today = new Date().toISOString().slice(0, 10);
  const mode = pruneBaseline ? "pruned" : "kept";
  return loadPolicy(configuration, writeBaseline === undefined ? baseline : undefined, today, mode);
}

/** Writes or prunes the baseline where that was asked for; whether the findings of this run have become one. */
async function keepBaseline(
  { interrupted, findings }: Report,
  { baseline, writeBaseline, pruneBaseline }: Invocation,
): Promise<boolean> {
  if (interrupted === true) return false;
  if (writeBaseline !== undefined) {
    const counting = findings.filter(({ waiver }) => waiver === undefined);
    await writeFileWhole(writeBaseline, [baselineText(counting)]);
    process.stderr.write(`mplp-check: wrote ${printable(writeBaseline)}\n`);
    return true;
  }
  if (!pruneBaseline || baseline === undefined) return false;
  const known = findings.filter(({ waiver }) => waiver?.source === "baseline");
  await writeFileWhole(baseline, [baselineText(known)]);
  return false;
}

/** No output may go where another one goes, or where the input is. */
async function refuseOverwriting({ paths, outputs, findings, writeBaseline }: Invocation): Promise<void> {
  const written = [...outputs.map(({ file }) => file), findings, writeBaseline];
  const files = written.filter((file): file is string => file !== undefined && file !== STDOUT);
  if (files.length === 0) return;
  const inputs = new Set(await Promise.all((await discover(paths)).files.map(identityOf)));
  const taken = new Set<string>();
  for (const file of files) {
    const identity = await identityOf(file);
    if (inputs.has(identity)) throw new UsageError(`error: ${file} is an input of this run\n`);
    if (taken.has(identity)) throw new UsageError(`error: two outputs cannot go to ${file}\n`);
    taken.add(identity);
  }
}

type Findings = Pick<NonNullable<Parameters<typeof check>[1]>, "spool" | "onOccurrences">;

/** Runs a check that also writes the findings file, if one is wanted. */
async function withFindings(
  file: string | undefined,
  action: (options: Findings) => Promise<Report>,
): Promise<Report> {
  if (file === undefined) return action({});
  const spool = fileSpool();
  try {
    return await action({
      spool,
      onOccurrences: (occurrences) => writeFileWhole(file, ndjson(occurrences)),
    });
  } finally {
    spool.remove();
  }
}

async function* ndjson(occurrences: AsyncIterable<Occurrence>): AsyncGenerator<string> {
  for await (const occurrence of occurrences) yield `${safeJson(occurrence)}\n`;
}

function explained(error: unknown): string {
  if (error instanceof UsageError) return error.message.split("\n").map(printable).join("\n");
  if (error instanceof ConfigError)
    return error.message
      .split("\n")
      .map((line) => `mplp-check: ${printable(line)}\n`)
      .join("");
  if (error instanceof ProtocolError || error instanceof UnreadableFile || error instanceof NoEvents)
    return `mplp-check: ${printable(error.message)}\n`;
  if (error instanceof Error && "syscall" in error) return `mplp-check: ${printable(error.message)}\n`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `mplp-check: internal error, please report it: ${detail}\n`;
}
