import { access } from "node:fs/promises";
import { Command } from "commander";
import { type ExitCode, fillExcerpts, STDIN, whyNotRead } from "../index.js";
import { say } from "./diagnostics.js";
import { addOptions } from "./options/commander-options.js";
import { parseWithEnvironment } from "./options/settings.js";
import type { OptionValues } from "./options/table.js";
import { notEmpty } from "./parse.js";
import { readReport } from "./read-report.js";
import { render } from "./report.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

export function excerptsCommand(): Command {
  const command = new Command("mplp-check excerpts")
    .description(
      "Completes a report that was written on a machine without the logs: adds columns and excerpts to findings that only the whole log shows; with --context, adds whole events.",
    )
    .argument("<report>", 'a report written with -f json; "-" is standard input', notEmpty)
    .argument("<logs...>", "inputs of the report, recognised by their content under any name", notEmpty);
  return addOptions(command, "excerpts").helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check excerpts RUN.json LOG...`. @throws UsageError where a file is no report, or no input of it */
export async function excerpts(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parseWithEnvironment(excerptsCommand(), args, streams);
  const [file = "", ...logs] = program.args;
  if (logs.includes(STDIN))
    throw new UsageError(
      "this command reads a log several times, and standard input only once: name the log's file",
    );
  for (const log of logs)
    await access(log).catch(async (error: unknown) => {
      throw new UsageError(`${log}: ${await whyNotRead(log, error)}`);
    });
  const { context } = program.opts<OptionValues>();
  const run = await readReport(file, streams);
  const { report, strangers, missing } = await fillExcerpts(run, logs, context);
  const [stranger] = strangers;
  if (stranger !== undefined) throw new UsageError(`${stranger}: no input of the report has these bytes`);
  for (const path of missing.slice(0, MOST_NAMED))
    say(streams, `${path}: not among the logs, its places have no excerpt`);
  if (missing.length > MOST_NAMED)
    say(streams, `${missing.length - MOST_NAMED} more inputs are not among the logs`);
  return render(report, program, streams);
}

const MOST_NAMED = 20;
