import { Command } from "commander";
import { addGroupedOptions } from "./options/commander-options.js";
import { notEmpty } from "./parse.js";

const EXAMPLES = `
Examples:
  mplp-check selftest events.ndjson                          would the check notice defects in this log?
  mplp-check selftest audit/ --claim runtime --complete      with mapping and snapshots, and all clauses
  mplp-check selftest events.ndjson -f json -o selftest.json every mutation with its places

Nothing is written but the report. Waivers and baselines do not apply.

Exit codes: 0 every mutation that was tried was noticed, 1 one stayed unnoticed, 2 an input could not be
read, 3 no mutation fits the log.
`;

export function selftestCommand(): Command {
  const program = new Command("mplp-check selftest")
    .description(
      "Breaks clauses in copies of your own log, mapping and snapshots, checks the copies, and reports which defects the check notices.",
    )
    .argument("[paths...]", 'files, folders, globs, or "-" for standard input', notEmpty);
  return addGroupedOptions(program, "selftest")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXAMPLES);
}
