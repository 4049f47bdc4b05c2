import { Command } from "commander";
import { addOptions } from "./options/commander-options.js";
import { notEmpty } from "./parse.js";

export function statsCommand(): Command {
  const command = new Command("mplp-check stats")
    .description(
      "Shows what a log holds, without judging it: events by family, rates, pipelines and open stages, durations, graphs.",
    )
    .argument(
      "<paths...>",
      'files, folders, globs, or "-" for standard input; gzip and zstd are decompressed',
      notEmpty,
    );
  return addOptions(command, "stats")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", "\nExit codes: 0, or 2 if something could not be read.\n");
}
