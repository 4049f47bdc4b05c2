import { Command } from "commander";
import type { Signals } from "./interruption.js";
import { addGroupedOptions } from "./options/commander-options.js";
import { tellingOf } from "./options/invocation.js";
import { notEmpty, parse } from "./parse.js";
import { runCheck } from "./run-check.js";
import { runJudge } from "./run-judge.js";
import type { Streams } from "./streams.js";

/** A check without paths, of states only. */
export function mergeCommand(): Command {
  const command = new Command("mplp-check merge")
    .description(
      "Judges the states of several runs as one: the report is that of one run over all their inputs.",
    )
    .argument(
      "<states...>",
      "files that --state-out wrote, in the order of the log; with --partition, folders",
      notEmpty,
    );
  return addGroupedOptions(command, "merge").helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check merge STATE...`. @throws UsageError, StateError */
export async function merge(args: readonly string[], streams: Streams, signals: Signals): Promise<number> {
  const program = parse(mergeCommand(), args);
  const telling = await tellingOf(program, streams.env);
  const invocation = { ...telling, kinds: {}, paths: [], stateIn: program.args };
  const { partition } = telling;
  return partition === undefined
    ? runCheck(invocation, streams, signals)
    : runJudge({ ...invocation, partition }, streams, signals);
}
