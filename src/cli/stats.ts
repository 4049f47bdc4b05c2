import {
  check,
  STATS_FORMAT_NAMES,
  STATS_FORMATS,
  type Stats,
  type StatsFormatName,
  statsOf,
} from "../index.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import { kindsIn } from "./options/invocation.js";
import { type Output, outputsOf } from "./options/placing.js";
import { applyEnvironment, refuseUnknown } from "./options/settings.js";
import type { OptionValues } from "./options/table.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import { progressLine } from "./progress.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { screen } from "./screen.js";
import { statsCommand } from "./stats-command.js";
import { type Streams, streamsFor } from "./streams.js";
import { UsageError } from "./usage-error.js";

interface StatsOutput {
  readonly format: StatsFormatName;
  readonly file: string;
}

/** Runs `mplp-check stats LOG...`. @throws UsageError */
export async function stats(args: readonly string[], given: Streams, signals: Signals): Promise<number> {
  const program = parse(statsCommand(), args);
  refuseUnknown(given.env);
  applyEnvironment(program, given.env);
  const values = program.opts<OptionValues>();
  const { placing = [], color, unwrap, maxRecordBytes, maxState, jobs, redact, stdinName } = values;
  const streams = streamsFor({ color }, given);
  const outputs = outputsOf(placing).map(asStatsOutput);
  const kinds = kindsIn(values);
  const paths = [...new Set([...program.args, ...Object.keys(kinds)])];
  const { signal } = signals.interruptible();
  await refuseOutputs({ outputs, paths, kinds }, signal);
  const progress = progressLine(streams.stderr);
  const report = await check(paths, {
    ...{ kinds, unwrap, maxRecordBytes, maxState, jobs, redact, signal },
    ...(stdinName !== undefined && { stdinName }),
    onProgress: progress.show,
  }).finally(progress.clear);
  await write(statsOf(report), outputs, streams);
  for (const { path, message } of report.errors) say(streams, `${path}: ${message}`);
  return signals.code ?? (report.errors.length > 0 ? 2 : 0);
}

async function write(found: Stats, outputs: readonly StatsOutput[], streams: Streams): Promise<void> {
  for (const { format, file } of outputs) {
    const render = STATS_FORMATS[format];
    if (file === STDOUT) await writeStdout(render(found, await screen(streams)), streams);
    else await writeFileWhole(file, render(found, { color: false }));
  }
}

/** @throws UsageError where the ending of a file asks for a format that there is not */
function asStatsOutput({ format, file }: Output): StatsOutput {
  const name = STATS_FORMAT_NAMES.find((known) => known === format);
  if (name !== undefined) return { format: name, file };
  throw new UsageError(
    `${file}: statistics are written as ${STATS_FORMAT_NAMES.join(" and ")}; name one with -f`,
  );
}
