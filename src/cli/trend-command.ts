import { Command } from "commander";
import { addOptions } from "./options/commander-options.js";
import { notEmpty } from "./parse.js";

export function trendCommand(): Command {
  const command = new Command("mplp-check trend")
    .description(
      "Shows the JSON reports of several runs in the order given: verdicts, findings by level, and what is new or gone from one to the next.",
    )
    .argument("<reports...>", 'two or more reports, written with -f json; "-" is standard input', notEmpty);
  return addOptions(command, "trend").helpOption("-h, --help", "print this help");
}
