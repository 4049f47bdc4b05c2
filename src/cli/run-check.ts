import { createGzip } from "node:zlib";
import {
  baselineText,
  type CountedKind,
  check,
  exitCodeOf,
  type LoadedConfig,
  loadPolicy,
  type Policy,
  prunedBaseline,
  type Report,
  STDIN,
  StateError,
} from "../index.js";
import { loggable, safeJson } from "../model/printable.js";
import { type Interruption, interruptible } from "./interruption.js";
import { fileSpool } from "./line-spool.js";
import type { Invocation } from "./options.js";
import { streamsFor } from "./output-options.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { NO_PROGRESS, progressLine } from "./progress.js";
import { refuseOutputs } from "./refuse-outputs.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";
import { writeReports } from "./write-reports.js";

/** Runs a check and writes its reports. Gives the exit code: of the report, or of the signal that ended it. */
export async function runCheck(invocation: Invocation, streams: Streams): Promise<number> {
  const interruption = interruptible();
  try {
    return await checkAndReport(invocation, interruption, streamsFor(invocation, streams));
  } catch (error) {
    if (!interruption.signal.aborted || !(error instanceof StateError)) throw error;
    streams.stderr.write(`mplp-check: ${loggable(error.message)}\n`);
    return interruption.exitCode();
  } finally {
    interruption.end();
  }
}

async function checkAndReport(
  invocation: Invocation,
  interruption: Interruption,
  streams: Streams,
): Promise<number> {
  const { configuration, ...told } = invocation;
  const { paths, outputs, failOn } = told;
  if (!told.quiet) nameFound(configuration, streams);
  nameWaiting(paths, streams);
  await refuseOutputs(invocation);
  const policy = await policyFor(invocation);
  const progress = told.quiet ? NO_PROGRESS : progressLine(streams.stderr);
  let kinds: readonly CountedKind[] = [];
  const checked = await withFiles(told, streams, (options) =>
    check(paths, {
      ...told,
      ...options,
      policy,
      ...(configuration && { configuration: { path: configuration.file, origin: configuration.origin } }),
      ...stateKeeping(invocation),
      onCounted: (counted) => {
        kinds = counted;
      },
      signal: interruption.signal,
      onProgress: progress.show,
    }),
  ).finally(progress.clear);
  const result: Report = failOn === "must" ? checked : { ...checked, failOn };
  await writeReports(result, outputs, told, streams);
  const isWritten = await keepBaseline(result, { kinds, policy }, invocation, streams);
  if (result.interrupted === true) return interrupted(interruption, invocation, streams);
  return isWritten && result.errors.length === 0 ? 0 : exitCodeOf(result);
}

/** Nobody has asked for a configuration that was found: it is said that there is one. */
function nameFound(configuration: LoadedConfig | undefined, { stderr }: Streams): void {
  if (configuration?.origin === "found") stderr.write(`mplp-check: using ${loggable(configuration.file)}\n`);
}

/** Somebody at a terminal who sees nothing happen is told what is waited for. */
function nameWaiting(paths: readonly string[], { stdin, stderr }: Streams): void {
  if (paths.includes(STDIN) && stdin.isTTY === true)
    stderr.write("mplp-check: waiting for a log on standard input; Ctrl-D ends it\n");
}

/** A state of a part of an input could never be completed. */
function interrupted({ exitCode }: Interruption, { stateOut }: Invocation, { stderr }: Streams): number {
  if (stateOut !== undefined) stderr.write("mplp-check: interrupted: no state was written\n");
  return exitCode();
}

function stateKeeping({ stateOut }: Invocation): Pick<CheckOptions, "onState"> {
  if (stateOut === undefined) return {};
  const through = stateOut.endsWith(".gz") ? [createGzip()] : [];
  return { onState: (lines) => writeFileWhole(stateOut, lines, ...through) };
}

function policyFor(invocation: Invocation): Promise<Policy> {
  const { configuration, baseline, writeBaseline, pruneBaseline, allowStale } = invocation;
  if (pruneBaseline && baseline === undefined) throw new UsageError("--prune-baseline needs a --baseline");
  const today = new Date().toISOString().slice(0, 10);
  const use = pruneBaseline ? "pruned" : "kept";
  const stale = allowStale ? "note" : "error";
  return loadPolicy(configuration, baseline, today, writeBaseline === undefined ? use : "written", stale);
}

/** Writes or prunes the baseline where that was asked for; whether the findings of this run have become one. */
async function keepBaseline(
  report: Report,
  { kinds, policy }: { readonly kinds: readonly CountedKind[]; readonly policy: Policy },
  invocation: Invocation,
  { stderr }: Streams,
): Promise<boolean> {
  const { baseline, writeBaseline, pruneBaseline } = invocation;
  const file = writeBaseline ?? (pruneBaseline ? baseline : undefined);
  if (file === undefined) return false;
  if (!wasAllChecked(report, invocation)) {
    stderr.write(`mplp-check: not everything could be checked: ${loggable(file)} was not written\n`);
    return false;
  }
  if (writeBaseline === undefined) {
    await writeFileWhole(file, [await prunedBaseline(file, kinds)]);
    return false;
  }
  const counting = kinds.filter(({ waiver }) => waiver === undefined);
  await writeFileWhole(file, [baselineText(counting, policy.valueKey)]);
  stderr.write(`mplp-check: wrote ${loggable(file)}\n`);
  return true;
}

/** Whether what was not found is not there: then nothing is wrong but the project's own decisions. */
function wasAllChecked({ interrupted, errors }: Report, { configuration, baseline }: Invocation): boolean {
  const own = [configuration?.file, baseline];
  return interrupted !== true && errors.every(({ path }) => own.includes(path));
}

type CheckOptions = NonNullable<Parameters<typeof check>[1]>;

/** Runs a check that also writes the files of findings and of invalid events, if they are wanted. */
async function withFiles(
  { findings, rejected }: Pick<Invocation, "findings" | "rejected">,
  streams: Streams,
  action: (options: CheckOptions) => Promise<Report>,
): Promise<Report> {
  const spools = { findings: spoolFor(findings, streams), rejected: spoolFor(rejected, streams) };
  try {
    return await action({
      ...(spools.findings && {
        spool: spools.findings.spool,
        onOccurrences: spools.findings.write,
      }),
      ...(spools.rejected && { rejectedSpool: spools.rejected.spool, onRejected: spools.rejected.write }),
    });
  } finally {
    for (const each of Object.values(spools)) each?.spool.remove();
  }
}

/** What keeps the lines of a file until the run ends, and then writes them. */
function spoolFor(file: string | undefined, streams: Streams) {
  if (file === undefined) return undefined;
  const write = (values: AsyncIterable<unknown>): Promise<void> =>
    file === STDOUT ? writeStdout(ndjson(values), streams) : writeFileWhole(file, ndjson(values));
  return { spool: fileSpool(), write };
}

async function* ndjson(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `${safeJson(value)}\n`;
}
