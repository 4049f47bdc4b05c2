import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Command } from "commander";
import {
  type ExitCode,
  exitCodeOf,
  type FailOn,
  isReadError,
  parseReport,
  ReportError,
  reasonOf,
  STDIN,
} from "../index.js";
import {
  addReportOptions,
  failOnOption,
  outputsOf,
  type Placing,
  type Presentation,
} from "./output-options.js";
import { parse } from "./parse.js";
import { UsageError } from "./usage-error.js";
import { writeReports } from "./write-reports.js";

export function reportCommand(placing: Placing): Command {
  const command = new Command("mplp-check report")
    .description("Renders the JSON report of an earlier run in other formats; ends as that run did.")
    .argument("<file>", 'a report written with -f json; "-" is standard input');
  return addReportOptions(command, placing)
    .addOption(failOnOption())
    .helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check report RUN.json -f FORMAT`. @throws UsageError where the file is no report */
export async function report(args: readonly string[]): Promise<ExitCode> {
  const placing: Placing = [];
  const program = parse(reportCommand(placing), args);
  const [file = ""] = program.args;
  const run = await readReport(file);
  const { failOn, ...presentation } = program.opts<{ failOn: FailOn } & Presentation>();
  await writeReports(run, outputsOf(placing), presentation);
  return exitCodeOf(run, program.getOptionValueSource("failOn") === "default" ? undefined : failOn);
}

async function readReport(file: string) {
  try {
    return await parseReport(file === STDIN ? await text(process.stdin) : await readFile(file, "utf8"));
  } catch (error) {
    if (!(error instanceof ReportError || isReadError(error))) throw error;
    throw new UsageError(`error: ${file}: ${reasonOf(error)}\n`);
  }
}
