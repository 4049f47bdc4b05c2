import { check, STATS_FORMAT_NAMES, STATS_FORMATS, statsOf } from "../index.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import { kindsIn, refuseIdleName } from "./options/invocation.js";
import { parseWithEnvironment } from "./options/settings.js";
import type { OptionValues } from "./options/table.js";
import { ownOutputsOf, writeInOwnFormats } from "./own-formats.js";
import { progressLine } from "./progress.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { statsCommand } from "./stats-command.js";
import { type Streams, streamsFor } from "./streams.js";

/** Runs `mplp-check stats LOG...`. @throws UsageError */
export async function stats(args: readonly string[], given: Streams, signals: Signals): Promise<number> {
  const program = parseWithEnvironment(statsCommand(), args, given);
  const values = program.opts<OptionValues>();
  const { placing = [], color, unwrap, maxRecordBytes, maxState, jobs, redact, stdinName } = values;
  const streams = streamsFor({ color }, given);
  const outputs = ownOutputsOf(placing, STATS_FORMAT_NAMES, "statistics are");
  const kinds = kindsIn(values);
  const paths = [...new Set([...program.args, ...Object.keys(kinds)])];
  refuseIdleName(values, paths);
  const { signal } = signals.interruptible();
  await refuseOutputs({ outputs, paths, kinds }, signal);
  const progress = progressLine(streams.stderr);
  const report = await check(paths, {
    ...{ kinds, unwrap, maxRecordBytes, maxState, redact, signal },
    ...(jobs !== undefined && { jobs }),
    ...(stdinName !== undefined && { stdinName }),
    onProgress: progress.show,
  }).finally(progress.clear);
  await writeInOwnFormats(statsOf(report), outputs, STATS_FORMATS, streams);
  for (const { path, message } of report.errors) say(streams, `${path}: ${message}`);
  return signals.code ?? (report.errors.length > 0 ? 2 : 0);
}
