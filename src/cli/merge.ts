import { Command } from "commander";
import type { Signals } from "./interruption.js";
import { checkCommand, tellingOf } from "./options.js";
import type { OutputPlacing } from "./output-options.js";
import { parse } from "./parse.js";
import { runCheck } from "./run-check.js";
import type { Streams } from "./streams.js";

/** Options about what is read: who merges reads states. */
const ABOUT_READING: readonly (string | undefined)[] = [
  "--findings",
  "--rejected",
  "--mapping",
  "--as",
  "--stdin-name",
  "--state-in",
  "--list-clauses",
  "--version",
];

/** A check without paths, of states only. */
export function mergeCommand(placing: OutputPlacing): Command {
  const command = new Command("mplp-check merge")
    .description(
      "Judges the states of several runs as one: the report is that of one run over all their inputs.",
    )
    .argument("<states...>", "what --state-out wrote, in the order of the log");
  for (const option of checkCommand(placing).options)
    if (!ABOUT_READING.includes(option.long)) command.addOption(option);
  return command.helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check merge STATE...`. @throws UsageError, StateError */
export async function merge(args: readonly string[], streams: Streams, signals: Signals): Promise<number> {
  const placing: OutputPlacing = [];
  const program = parse(mergeCommand(placing), args);
  const telling = await tellingOf(program, placing, streams.env);
  return runCheck({ ...telling, kinds: {}, paths: [], stateIn: program.args }, streams, signals);
}
