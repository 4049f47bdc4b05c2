import { Command } from "commander";
import { VERSION } from "../index.js";
import { addGroupedOptions } from "./options/commander-options.js";
import { notEmpty } from "./parse.js";

const EXAMPLES = `
Examples:
  mplp-check events.ndjson                       check one log
  mplp-check logs/ 'more/**/*.ndjson.gz'         folders and globs; several logs form one log
  my-runtime | mplp-check -                      check standard input
  mplp-check audit/ --claim runtime              audit a claim: log, mapping, snapshots, samples
  mplp-check init mapping --from-log e.ndjson    write a mapping document to fill in
  mplp-check events.ndjson -f json -o run.json   write the report as JSON
  mplp-check events.ndjson --fail-on should      let SHOULD findings fail the run too
  mplp-check merge a.state b.state               judge what several machines have checked
  mplp-check listen -- npm run e2e               take events over HTTP while a command runs
  mplp-check diff main.json run.json             what changed between the reports of two runs
  mplp-check slice e.ndjson --finding RULE       the smallest log that shows a finding
  mplp-check explain PS-4.1-2                    what a clause or a rule asks for, with examples

Commands: rules, explain ID, init mapping, report RUN.json, diff OLD.json NEW.json,
trend REPORT..., stats LOG..., excerpts RUN.json LOG..., slice LOG..., selftest LOG...,
statement RUN.json, merge STATE..., listen, completion SHELL, help, version; each has its --help.

Exit codes: 0 nothing at or above --fail-on, 1 violations, 2 could not check, 3 inconclusive.
`;

/** The command line without a command's name: `mplp-check [paths...]`. */
export function checkCommand(): Command {
  const program = new Command("mplp-check")
    .description("Checks MPLP v1.0.0 event logs: judges every clause, cites every finding.")
    .argument(
      "[paths...]",
      'files, folders, globs, or "-" for standard input; gzip and zstd are decompressed',
      notEmpty,
    );
  return addGroupedOptions(program, "check")
    .optionsGroup("Other:")
    .version(VERSION, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXAMPLES);
}
