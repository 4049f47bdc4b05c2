import {
  type ExitCode,
  type Report,
  STDIN,
  TREND_FORMAT_NAMES,
  TREND_FORMATS,
  type Trend,
  type TrendFormatName,
  type TrendPoint,
  trendPoint,
  withoutSecrets,
} from "../index.js";
import { type Output, outputsOf } from "./options/placing.js";
import type { OptionValues } from "./options/table.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import { readReport } from "./read-report.js";
import { refuseRead } from "./refuse-read.js";
import { screen } from "./screen.js";
import { type Streams, streamsFor } from "./streams.js";
import { trendCommand } from "./trend-command.js";
import { UsageError } from "./usage-error.js";

interface TrendOutput {
  readonly format: TrendFormatName;
  readonly file: string;
}

/** Runs `mplp-check trend REPORT REPORT...`. Ends with 0. @throws UsageError where a file is no report */
export async function trend(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parse(trendCommand(), args);
  const files = program.args;
  const { color, placing = [], title, date } = program.opts<OptionValues>();
  const outputs = outputsOf(placing).map(asTrendOutput);
  if (files.length < 2) throw new UsageError("a trend needs two reports or more");
  if (files.filter((file) => file === STDIN).length > 1)
    throw new UsageError("only one of the reports can come from standard input");
  await refuseRead(outputs, files, "is one of the reports");
  const shown: Trend = {
    ...(title !== undefined && { title: withoutSecrets(title) }),
    ...(date !== undefined && { date }),
    points: await pointsOf(files, streams),
  };
  await write(shown, outputs, streamsFor({ color }, streams));
  return 0;
}

/** Reads one report after another, so that there are never more than two in memory. */
async function pointsOf(files: readonly string[], streams: Streams): Promise<readonly TrendPoint[]> {
  const points: TrendPoint[] = [];
  let earlier: Report | undefined;
  for (const file of files) {
    const report = await readReport(file, streams);
    points.push(trendPoint(withoutSecrets(file), report, earlier));
    earlier = report;
  }
  return points;
}

async function write(shown: Trend, outputs: readonly TrendOutput[], streams: Streams): Promise<void> {
  for (const { format, file } of outputs) {
    const render = TREND_FORMATS[format];
    if (file === STDOUT) await writeStdout(render(shown, await screen(streams)), streams);
    else await writeFileWhole(file, render(shown, { color: false }));
  }
}

/** @throws UsageError where the ending of a file asks for a format that a trend does not have */
function asTrendOutput({ format, file }: Output): TrendOutput {
  const name = TREND_FORMAT_NAMES.find((known) => known === format);
  if (name !== undefined) return { format: name, file };
  throw new UsageError(`${file}: a trend is written as ${TREND_FORMAT_NAMES.join(", ")}; name one with -f`);
}
