import { createRequire } from "node:module";
import {
  baselineText,
  ConfigError,
  check,
  discover,
  type ExitCode,
  exitCodeOf,
  FORMATS,
  loadPolicy,
  NoEvents,
  type Occurrence,
  type Policy,
  ProtocolError,
  type Renderer,
  type Report,
  UnreadableFile,
  verdictSentence,
} from "../index.js";
import { printable, safeJson } from "../model/printable.js";
import { init } from "./init.js";
import { fileSpool } from "./line-spool.js";
import { type Invocation, readInvocation } from "./options.js";
import { identityOf, STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { progressLine } from "./progress.js";
import { UsageError } from "./usage-error.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

/**
 * Runs one command line and gives the exit code. Never throws and never ends the process.
 *
 * @param args the arguments, without node and script
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  // Nobody may be left to read what goes wrong; that changes nothing of how the run ends.
  process.stderr.on("error", () => undefined);
  try {
    const [command, ...rest] = args;
    if (command === "init") {
      await init(rest);
      return 0;
    }
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

async function run(invocation: Invocation): Promise<ExitCode> {
  const { paths, outputs, findings, failOn } = invocation;
  await refuseOverwriting(invocation);
  const policy = await policyFor(invocation);
  const progress = progressLine(process.stderr);
  const report = await withFindings(findings, (options) =>
    check(paths, { ...invocation, ...options, policy, onProgress: progress.show }),
  ).finally(progress.clear);
  for (const { format, file } of outputs) await writeReport(report, FORMATS[format], file);
  if (!outputs.some(({ format, file }) => format === "text" && file === STDOUT)) summarise(report);
  const isWritten = await keepBaseline(report, invocation);
  return isWritten && report.errors.length === 0 ? 0 : exitCodeOf(report, failOn);
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
  report: Report,
  { baseline, writeBaseline, pruneBaseline }: Invocation,
): Promise<boolean> {
  if (report.interrupted === true) return false;
  if (writeBaseline !== undefined) {
    const counting = report.findings.filter(({ waiver }) => waiver === undefined);
    await writeFileWhole(writeBaseline, [baselineText(counting)]);
    process.stderr.write(`mplp-check: wrote ${printable(writeBaseline)}\n`);
    return true;
  }
  if (!pruneBaseline || baseline === undefined) return false;
  const known = report.findings.filter(({ waiver }) => waiver?.source === "baseline");
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

async function writeReport(report: Report, render: Renderer, file: string): Promise<void> {
  const isStdout = file === STDOUT;
  const text = render(report, { color: isStdout && wantsColor() });
  await (isStdout ? writeStdout(text) : writeFileWhole(file, text));
}

function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return process.stdout.isTTY === true;
}

/** Where no text report is on the screen, standard error says how the run ended. */
function summarise(report: Report): void {
  for (const { path, line, message } of report.errors) {
    process.stderr.write(
      `mplp-check: ${printable(path)}${line === undefined ? "" : `:${line}`}: ${message}\n`,
    );
  }
  process.stderr.write(`mplp-check: ${report.verdict}: ${verdictSentence(report)}\n`);
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
