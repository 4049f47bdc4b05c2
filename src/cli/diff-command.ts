import { Command } from "commander";
import { addOptions } from "./options/commander-options.js";
import { notEmpty } from "./parse.js";

export function diffCommand(): Command {
  const command = new Command("mplp-check diff")
    .description(
      "Compares the JSON reports of two runs: findings that are new, more, fewer or gone, clauses whose status changed, the verdict.",
    )
    .argument("<old>", 'the earlier report, written with -f json; "-" is standard input', notEmpty)
    .argument("<new>", "the later report", notEmpty);
  return addOptions(command, "diff")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXIT_CODES);
}

const EXIT_CODES = `
Exit codes: 0 nothing at or above --fail-on is new or more, 1 something is, 2 a report could not be read,
3 only the later run is inconclusive, or only the later run has not checked everything.
`;
