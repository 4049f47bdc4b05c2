import {
  compareReports,
  DIFF_FORMAT_NAMES,
  DIFF_FORMATS,
  type ExitCode,
  isUndecidedNow,
  STDIN,
  worsened,
} from "../index.js";
import { diffCommand } from "./diff-command.js";
import { parseWithEnvironment } from "./options/settings.js";
import type { OptionValues } from "./options/table.js";
import { ownOutputsOf, writeInOwnFormats } from "./own-formats.js";
import { readReport } from "./read-report.js";
import { refuseRead } from "./refuse-read.js";
import { type Streams, streamsFor } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** Runs `mplp-check diff OLD.json NEW.json`. @throws UsageError where a file is no report */
export async function diff(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parseWithEnvironment(diffCommand(), args, streams);
  const [before = "", after = ""] = program.args;
  const { failOn, color, placing = [] } = program.opts<OptionValues>();
  const outputs = ownOutputsOf(placing, DIFF_FORMAT_NAMES, "a comparison is");
  if (before === STDIN && after === STDIN)
    throw new UsageError("only one of the two reports can come from standard input");
  await refuseRead(outputs, [before, after], "is one of the two reports");
  const comparison = compareReports(await readReport(before, streams), await readReport(after, streams));
  await writeInOwnFormats(comparison, outputs, DIFF_FORMATS, streamsFor({ color }, streams));
  if (worsened(comparison, failOn).length > 0) return 1;
  return failOn !== "none" && isUndecidedNow(comparison) ? 3 : 0;
}
