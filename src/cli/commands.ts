import { access } from "node:fs/promises";
import type { Command } from "commander";
import { CLAUSE_ENTRIES, nearest, RULE_ENTRIES } from "../index.js";
import { checkCommand } from "./check-command.js";
import { type Completable, completion, completionCommand } from "./completion.js";
import { diffCommand } from "./diff-command.js";
import { excerpts, excerptsCommand } from "./excerpts.js";
import { explain, explainCommand } from "./explain.js";
import { help, helpCommand, version, versionCommand } from "./help.js";
import { INITIAL, init, initCommand } from "./init.js";
import type { Signals } from "./interruption.js";
import { listenCommand } from "./listen-command.js";
import { merge, mergeCommand } from "./merge.js";
import { report, reportCommand } from "./report.js";
import { rules, rulesCommand } from "./rules.js";
import { selftestCommand } from "./selftest-command.js";
import { sliceCommand } from "./slice-command.js";
import { statementCommand } from "./statement-command.js";
import { statsCommand } from "./stats-command.js";
import type { Streams } from "./streams.js";
import { trendCommand } from "./trend-command.js";
import { UsageError } from "./usage-error.js";

interface CommandEntry {
  run(args: readonly string[], streams: Streams, signals: Signals): Promise<number>;
  readonly program: () => Command;
  /** What may follow the command's name. */
  readonly words: readonly string[];
}

/** Commands by name; whatever begins otherwise is a check. */
const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  rules: { run: rules, program: rulesCommand, words: [] },
  explain: {
    run: explain,
    program: explainCommand,
    words: [...RULE_ENTRIES, ...CLAUSE_ENTRIES].map(({ id }) => id),
  },
  init: { run: init, program: initCommand, words: INITIAL },
  report: { run: report, program: reportCommand, words: [] },
  diff: {
    run: async (args, streams) => (await import("./diff.js")).diff(args, streams),
    program: diffCommand,
    words: [],
  },
  statement: {
    run: async (args, streams) => (await import("./statement.js")).statement(args, streams),
    program: statementCommand,
    words: [],
  },
  slice: {
    run: async (...given) => (await import("./slice.js")).slice(...given),
    program: sliceCommand,
    words: [],
  },
  trend: {
    run: async (args, streams) => (await import("./trend.js")).trend(args, streams),
    program: trendCommand,
    words: [],
  },
  excerpts: { run: excerpts, program: excerptsCommand, words: [] },
  listen: {
    run: async (...given) => (await import("./listen.js")).listen(...given),
    program: listenCommand,
    words: [],
  },
  stats: {
    run: async (...given) => (await import("./stats.js")).stats(...given),
    program: statsCommand,
    words: [],
  },
  merge: { run: merge, program: mergeCommand, words: [] },
  selftest: {
    run: async (...given) => (await import("./selftest.js")).selftest(...given),
    program: selftestCommand,
    words: [],
  },
  completion: {
    run: (args, streams) => completion(args, completable(), streams),
    program: completionCommand,
    words: ["bash", "zsh", "fish"],
  },
  help: { run: async (args) => help(args, programs()), program: helpCommand, words: [] },
  version: { run: async (args) => version(args), program: versionCommand, words: [] },
};

/** Other words for commands. */
const ALIASES: Readonly<Record<string, string>> = { "-V": "version" };

/** The command that a command line begins with, if it does. */
export function commandFor(word = ""): CommandEntry | undefined {
  const name = ALIASES[word] ?? word;
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

/** What each command's arguments are read with; that of a check has no name. */
function programs(): Readonly<Record<string, () => Command>> {
  const named = Object.entries(COMMANDS).map(([name, { program }]) => [name, program] as const);
  return { "": checkCommand, ...Object.fromEntries(named) };
}

function completable(): Completable {
  const commands = Object.entries(COMMANDS).map(
    ([name, { program, words }]) => [name, { options: program().options, words }] as const,
  );
  return { options: checkCommand().options, commands: Object.fromEntries(commands) };
}

/** If a word is not a file but resembles a command, the user probably meant the command. */
export async function refuseMisspelled(word: string): Promise<void> {
  if (word === "" || word.startsWith("-")) return;
  const isThere = await access(word).then(
    () => true,
    () => false,
  );
  if (!isThere && word === "check")
    throw new UsageError("there is no file check: a check needs no command; say mplp-check LOG");
  const meant = isThere ? undefined : nearest(word, Object.keys(COMMANDS));
  if (meant !== undefined)
    throw new UsageError(`there is no file ${word}; did you mean the command ${meant}?`);
}
