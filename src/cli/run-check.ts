import { createGzip } from "node:zlib";
import {
  baselineText,
  type CountedKind,
  check,
  exitCodeOf,
  type LoadedConfig,
  loadPolicy,
  type Occurrence,
  type Policy,
  prunedBaseline,
  type Report,
} from "../index.js";
import { safeJson } from "../model/printable.js";
import { say } from "./diagnostics.js";
import { type Interruption, interruptible, signalCode } from "./interruption.js";
import { LargeOutputs } from "./large-outputs.js";
import { fileSpool } from "./line-spool.js";
import type { Invocation } from "./options.js";
import { writeFileWhole } from "./outputs.js";
import { NO_PROGRESS, progressLine } from "./progress.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { UsageError } from "./usage-error.js";
import { writeReports } from "./write-reports.js";

/** Runs a check and writes its reports. Gives the exit code: of the report, or of the signal that ended it. */
export async function runCheck(invocation: Invocation): Promise<number> {
  const interruption = interruptible();
  try {
    return await checkAndReport(invocation, interruption);
  } catch (error) {
    const code = signalCode();
    if (code === undefined || error !== interruption.signal.reason) throw error;
    say("interrupted before anything was checked: no report was written");
    return code;
  }
}

async function checkAndReport(invocation: Invocation, interruption: Interruption): Promise<number> {
  const { configuration, ...told } = invocation;
  const { paths, outputs, findings, stateOut, failOn } = told;
  if (!told.quiet) nameFound(configuration);
  await refuseOutputs(invocation, interruption.signal);
  const policy = await policyFor(invocation);
  const progress = told.quiet ? NO_PROGRESS : progressLine(process.stderr);
  const large = new LargeOutputs([stateOut, findings], interruption.deadline);
  let kinds: readonly CountedKind[] = [];
  const checked = await withFindings(findings, large, (options) =>
    check(paths, {
      ...told,
      ...options,
      policy,
      ...(configuration && { configuration: { path: configuration.file, origin: configuration.origin } }),
      ...stateKeeping(invocation, large),
      onCounted: (counted) => {
        kinds = counted;
      },
      signal: interruption.signal,
      onProgress: progress.show,
    }),
  ).finally(progress.clear);
  const result: Report = failOn === "must" ? checked : { ...checked, failOn };
  await writeReports(result, outputs, told);
  const isWritten = await keepBaseline(result, { kinds, policy }, invocation);
  const code = signalCode();
  if (code === undefined) return isWritten && result.errors.length === 0 ? 0 : exitCodeOf(result);
  large.sayUnwritten();
  return code;
}

/** Nobody has asked for a configuration that was found: it is said that there is one. */
function nameFound(configuration: LoadedConfig | undefined): void {
  if (configuration?.origin === "found") say(`using ${configuration.file}`);
}

/** A state of a part of an input could never be completed. */
function stateKeeping(
  { stateOut }: Invocation,
  large: LargeOutputs,
): Pick<NonNullable<Parameters<typeof check>[1]>, "onState"> {
  if (stateOut === undefined) return {};
  const through = stateOut.endsWith(".gz") ? [createGzip()] : [];
  return { onState: (lines) => large.write(stateOut, lines, ...through) };
}

function policyFor(invocation: Invocation): Promise<Policy> {
  const { configuration, baseline, writeBaseline, pruneBaseline, allowStale } = invocation;
  if (pruneBaseline && baseline === undefined)
    throw new UsageError("error: --prune-baseline needs a --baseline\n");
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
): Promise<boolean> {
  const { baseline, writeBaseline, pruneBaseline } = invocation;
  const file = writeBaseline ?? (pruneBaseline ? baseline : undefined);
  if (file === undefined) return false;
  if (!wasAllChecked(report, invocation)) {
    say(`not everything could be checked: ${file} was not written`);
    return false;
  }
  if (writeBaseline === undefined) {
    await writeFileWhole(file, [await prunedBaseline(file, kinds)]);
    return false;
  }
  const counting = kinds.filter(({ waiver }) => waiver === undefined);
  await writeFileWhole(file, [baselineText(counting, policy.valueKey)]);
  say(`wrote ${file}`);
  return true;
}

/** Whether what was not found is not there: then nothing is wrong but the project's own decisions. */
function wasAllChecked({ interrupted, errors }: Report, { configuration, baseline }: Invocation): boolean {
  const own = [configuration?.file, baseline];
  return interrupted !== true && errors.every(({ path }) => own.includes(path));
}

type Findings = Pick<NonNullable<Parameters<typeof check>[1]>, "spool" | "onOccurrences">;

/** Runs a check that also writes the findings file, if one is wanted. */
async function withFindings(
  file: string | undefined,
  large: LargeOutputs,
  action: (options: Findings) => Promise<Report>,
): Promise<Report> {
  if (file === undefined) return action({});
  const spool = fileSpool();
  try {
    return await action({
      spool,
      onOccurrences: (occurrences) => large.write(file, ndjson(occurrences)),
    });
  } finally {
    spool.remove();
  }
}

async function* ndjson(occurrences: AsyncIterable<Occurrence>): AsyncGenerator<string> {
  for await (const occurrence of occurrences) yield `${safeJson(occurrence)}\n`;
}
