import { Command } from "commander";
import { type ExitCode, exitCodeOf, type Report } from "../index.js";
import { failing, labelled } from "./labelled.js";
import { addOptions } from "./options/commander-options.js";
import { outputsOf } from "./options/placing.js";
import { parseWithEnvironment } from "./options/settings.js";
import type { OptionValues } from "./options/table.js";
import { notEmpty } from "./parse.js";
import { readReport } from "./read-report.js";
import { refuseEvidence } from "./refuse-evidence.js";
import { type Streams, streamsFor } from "./streams.js";
import { writeReports } from "./write-reports.js";

export function reportCommand(): Command {
  const command = new Command("mplp-check report")
    .description(
      "Renders the JSON report of an earlier run in other formats; the exit code is that of the earlier run.",
    )
    .argument("<file>", 'a report written with -f json; "-" is standard input', notEmpty);
  return addOptions(command, "report").helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check report RUN.json -f FORMAT`. @throws UsageError where the file is no report */
export async function report(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parseWithEnvironment(reportCommand(), args, streams);
  const [file = ""] = program.args;
  const run = await readReport(file, streams);
  return render(run, program, streams);
}

/** Writes a report as the options of `report` say. Gives the exit code of its run, or that of another --fail-on. */
export async function render(run: Report, program: Command, streams: Streams): Promise<ExitCode> {
  const { failOn, color, placing = [], ...presentation } = program.opts<OptionValues>();
  const outputs = outputsOf(placing);
  await refuseEvidence(outputs);
  const isAsked = program.getOptionValueSource("failOn") !== "default";
  const judged = isAsked && failOn !== undefined ? failing(run, failOn) : run;
  await writeReports(labelled(judged, presentation), outputs, presentation, streamsFor({ color }, streams));
  return exitCodeOf(judged);
}
