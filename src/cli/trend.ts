import {
  type ExitCode,
  type Report,
  STDIN,
  TREND_FORMAT_NAMES,
  TREND_FORMATS,
  type Trend,
  type TrendPoint,
  trendPoint,
  withoutSecrets,
} from "../index.js";
import { parseWithEnvironment } from "./options/settings.js";
import type { OptionValues } from "./options/table.js";
import { ownOutputsOf, writeInOwnFormats } from "./own-formats.js";
import { readReport } from "./read-report.js";
import { refuseRead } from "./refuse-read.js";
import { type Streams, streamsFor } from "./streams.js";
import { trendCommand } from "./trend-command.js";
import { UsageError } from "./usage-error.js";

/** Runs `mplp-check trend REPORT REPORT...`. Ends with 0. @throws UsageError where a file is no report */
export async function trend(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parseWithEnvironment(trendCommand(), args, streams);
  const files = program.args;
  const { color, placing = [], title, date } = program.opts<OptionValues>();
  const outputs = ownOutputsOf(placing, TREND_FORMAT_NAMES, "a trend is");
  if (files.length < 2) throw new UsageError("a trend needs two reports or more");
  if (files.filter((file) => file === STDIN).length > 1)
    throw new UsageError("only one of the reports can come from standard input");
  await refuseRead(outputs, files, "is one of the reports");
  const shown: Trend = {
    ...(title !== undefined && { title: withoutSecrets(title) }),
    ...(date !== undefined && { date }),
    points: await pointsOf(files, streams),
  };
  await writeInOwnFormats(shown, outputs, TREND_FORMATS, streamsFor({ color }, streams));
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
