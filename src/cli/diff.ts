import {
  type Comparison,
  compareReports,
  DIFF_FORMAT_NAMES,
  DIFF_FORMATS,
  type DiffFormatName,
  type ExitCode,
  isUndecidedNow,
  STDIN,
  worsened,
} from "../index.js";
import { diffCommand } from "./diff-command.js";
import { type Output, outputsOf } from "./options/placing.js";
import type { OptionValues } from "./options/table.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import { readReport } from "./read-report.js";
import { refuseRead } from "./refuse-read.js";
import { screen } from "./screen.js";
import { type Streams, streamsFor } from "./streams.js";
import { UsageError } from "./usage-error.js";

interface DiffOutput {
  readonly format: DiffFormatName;
  readonly file: string;
}

/** Runs `mplp-check diff OLD.json NEW.json`. @throws UsageError where a file is no report */
export async function diff(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parse(diffCommand(), args);
  const [before = "", after = ""] = program.args;
  const { failOn, color, placing = [] } = program.opts<OptionValues>();
  const outputs = outputsOf(placing).map(asDiffOutput);
  if (before === STDIN && after === STDIN)
    throw new UsageError("only one of the two reports can come from standard input");
  await refuseRead(outputs, [before, after], "is one of the two reports");
  const comparison = compareReports(await readReport(before, streams), await readReport(after, streams));
  await write(comparison, outputs, streamsFor({ color }, streams));
  if (worsened(comparison, failOn).length > 0) return 1;
  return failOn !== "none" && isUndecidedNow(comparison) ? 3 : 0;
}

async function write(
  comparison: Comparison,
  outputs: readonly DiffOutput[],
  streams: Streams,
): Promise<void> {
  for (const { format, file } of outputs) {
    const render = DIFF_FORMATS[format];
    if (file === STDOUT) await writeStdout(render(comparison, await screen(streams)), streams);
    else await writeFileWhole(file, render(comparison, { color: false }));
  }
}

/** @throws UsageError where the ending of a file asks for a format that a comparison does not have */
function asDiffOutput({ format, file }: Output): DiffOutput {
  const name = DIFF_FORMAT_NAMES.find((known) => known === format);
  if (name !== undefined) return { format: name, file };
  throw new UsageError(
    `${file}: a comparison is written as ${DIFF_FORMAT_NAMES.join(", ")}; name one with -f`,
  );
}
