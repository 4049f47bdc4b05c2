import {
  type CountedKind,
  check,
  exitCodeOf,
  type FormatName,
  type LoadedConfig,
  type Policy,
  type Report,
  STDIN,
} from "../index.js";
import { safeJson } from "../model/printable.js";
import { say } from "./diagnostics.js";
import { FailedOutputs } from "./failed-outputs.js";
import { followingOf } from "./following.js";
import type { Signals } from "./interruption.js";
import { keepBaseline } from "./keep-baseline.js";
import { failing, labelled } from "./labelled.js";
import { LargeOutputs } from "./large-outputs.js";
import { fileSpool } from "./line-spool.js";
import type { Invocation } from "./options/invocation.js";
import { checkOptionsIn } from "./options/library-options.js";
import { policyFor } from "./policy-for.js";
import { NO_PROGRESS, progressLine } from "./progress.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { type Streams, streamsFor } from "./streams.js";
import { writeReports } from "./write-reports.js";
import { writeDealt, writeState } from "./write-states.js";

/**
 * Runs a check and writes its reports. Gives the exit code: of the report, or of the signal that ended it.
 *
 * @param onReport called with the report once it is written
 */
export async function runCheck(
  invocation: Invocation,
  streams: Streams,
  signals: Signals,
  onReport?: (report: Report) => void,
): Promise<number> {
  const { signal } = signals.interruptible();
  try {
    return await checkAndReport(invocation, streamsFor(invocation, streams), signals, onReport);
  } catch (error) {
    const { code } = signals;
    if (code === undefined || error !== signal.reason) throw error;
    say(streams, "interrupted before anything was checked: no report was written");
    return code;
  }
}

async function checkAndReport(
  invocation: Invocation,
  streams: Streams,
  signals: Signals,
  onReport?: (report: Report) => void,
): Promise<number> {
  const { configuration, ...told } = invocation;
  const { paths, outputs, findings, rejected, stateOut } = told;
  const { signal, deadline } = signals.interruptible();
  nameFound(configuration, streams);
  nameWaiting(paths, streams);
  const inputs = await refuseOutputs(invocation, signal);
  const policy = await policyFor(invocation);
  const following = told.follow ? await followingOf(invocation, streams, signals) : {};
  const progress = told.quiet || told.follow ? NO_PROGRESS : progressLine(streams.stderr);
  const large = new LargeOutputs([stateOut, findings, rejected], deadline, streams);
  const failed = new FailedOutputs();
  let kinds: readonly CountedKind[] = [];
  const result = await withFiles(told, { large, failed }, (options) =>
    reportOn(invocation, policy, {
      ...options,
      ...stateKeeping(invocation, { large, failed }),
      // Who gets the report itself may render it in any format.
      activity: onReport !== undefined || outputs.some(({ format }) => SHOWING_ACTIVITY.includes(format)),
      ...(inputs && !told.follow && { inputs }),
      ...following,
      onCounted: (counted) => {
        kinds = counted;
      },
      signal,
      onProgress: progress.show,
    }),
  ).finally(progress.clear);
  await failed.attempt(() => writeReports(result, outputs, told, streams));
  onReport?.(result);
  let isBaseline = false;
  await failed.attempt(async () => {
    isBaseline = await keepBaseline(result, { kinds, policy }, invocation, streams);
  });
  const { code } = signals;
  if (code !== undefined) large.sayUnwritten();
  failed.throwIfAny();
  return code ?? (isBaseline && result.errors.length === 0 ? 0 : exitCodeOf(result));
}

/** Checks what a command line names; writes nothing. */
export async function reportOn(
  told: Invocation,
  policy: Policy,
  options: CheckOptions = {},
): Promise<Report> {
  const { configuration } = told;
  const checked = await check(told.paths, {
    ...checkOptionsIn(told),
    policy,
    ...(configuration && { configuration: { path: configuration.file, origin: configuration.origin } }),
    ...options,
  });
  return failing(labelled(checked, told), told.failOn);
}

/** The user did not name a configuration that mplp-check found, so standard error names it. */
export function nameFound(configuration: LoadedConfig | undefined, streams: Streams): void {
  if (configuration?.origin === "found") say(streams, `using ${configuration.file}`);
}

/** Tells a user at a terminal that the run waits for input. */
export function nameWaiting(paths: readonly string[], streams: Streams): void {
  if (paths.includes(STDIN) && streams.stdin.isTTY === true)
    say(streams, "waiting for a log on standard input; Ctrl-D ends it");
}

/** What the outputs that are written during a run share. */
interface Writing {
  readonly large: LargeOutputs;
  readonly failed: FailedOutputs;
}

/** A state of a part of an input could never be completed. */
function stateKeeping(
  { stateOut, partitions }: Invocation,
  { large, failed }: Writing,
): Pick<CheckOptions, "onState" | "dealing"> {
  if (stateOut === undefined) return {};
  const trying = async (write: () => Promise<void>): Promise<void> => void (await failed.attempt(write));
  if (partitions === undefined)
    return { onState: (lines) => trying(() => writeState(stateOut, lines, large)) };
  const deal: NonNullable<CheckOptions["dealing"]>["onState"] = (lines) =>
    trying(() => writeDealt(stateOut, partitions, lines, large));
  return { dealing: { partitions, onState: deal } };
}

/** Formats that show how a run went over time. */
const SHOWING_ACTIVITY: readonly FormatName[] = ["html", "json"];

type CheckOptions = NonNullable<Parameters<typeof check>[1]>;

/** Runs a check that also writes the files of findings and of invalid events, if they are wanted. */
async function withFiles(
  { findings, rejected }: Pick<Invocation, "findings" | "rejected">,
  writing: Writing,
  action: (options: CheckOptions) => Promise<Report>,
): Promise<Report> {
  const spools = { findings: spoolFor(findings, writing), rejected: spoolFor(rejected, writing) };
  try {
    return await action({
      ...(spools.findings && { spool: spools.findings.spool, onOccurrences: spools.findings.write }),
      ...(spools.rejected && { rejectedSpool: spools.rejected.spool, onRejected: spools.rejected.write }),
    });
  } finally {
    for (const each of Object.values(spools)) each?.spool.remove();
  }
}

/** What keeps the lines of a file until the run ends, and then writes them. */
function spoolFor(file: string | undefined, { large, failed }: Writing) {
  if (file === undefined) return undefined;
  const write = async (values: AsyncIterable<unknown>): Promise<void> =>
    void (await failed.attempt(() => large.write(file, ndjson(values))));
  return { spool: fileSpool(), write };
}

async function* ndjson(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `${safeJson(value)}\n`;
}
