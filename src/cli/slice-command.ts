import { Command } from "commander";
import { addGroupedOptions } from "./options/commander-options.js";
import { notEmpty } from "./parse.js";

export function sliceCommand(): Command {
  const command = new Command("mplp-check slice")
    .description(
      "Writes the smallest log that shows a finding, for a bug report: the fewest records, with the fewest members. Secrets and personal data are masked.",
    )
    .argument("<logs...>", 'inputs of the check: files, folders, globs, or "-" for standard input', notEmpty);
  return addGroupedOptions(command, "slice")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  mplp-check slice events.ndjson --finding event-id-v4 -o small.ndjson
  mplp-check slice logs/ --finding 3b0eb3ee60b363c1 --claim runtime > small.ndjson

A report in JSON has the fingerprint of each finding; without --finding, slice lists them. Give the
same options as in the check that reported the finding.

Exit codes: 0 the log is written, and a check of it has the finding; 2 otherwise.
`;
