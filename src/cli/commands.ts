import { access } from "node:fs/promises";
import type { Command } from "commander";
import { CLAUSE_ENTRIES, nearest, RULE_ENTRIES } from "../index.js";
import { type Completable, completion, completionCommand } from "./completion.js";
import { explain, explainCommand } from "./explain.js";
import { init, initCommand } from "./init.js";
import { merge, mergeCommand } from "./merge.js";
import { checkCommand } from "./options.js";
import { report, reportCommand } from "./report.js";
import { rules, rulesCommand } from "./rules.js";
import { UsageError } from "./usage-error.js";

interface CommandEntry {
  run(args: readonly string[]): Promise<number>;
  readonly program: () => Command;
  /** What may follow the command's name. */
  readonly words: readonly string[];
}

/** Commands by name; whatever begins otherwise is a check. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  rules: { run: rules, program: rulesCommand, words: [] },
  explain: {
    run: explain,
    program: explainCommand,
    words: [...RULE_ENTRIES, ...CLAUSE_ENTRIES].map(({ id }) => id),
  },
  init: { run: init, program: initCommand, words: ["mapping"] },
  report: { run: report, program: () => reportCommand([]), words: [] },
  merge: { run: merge, program: () => mergeCommand([]), words: [] },
  completion: {
    run: (args) => completion(args, completable()),
    program: completionCommand,
    words: ["bash", "zsh", "fish"],
  },
};

function completable(): Completable {
  const commands = Object.entries(COMMANDS).map(
    ([name, { program, words }]) => [name, { options: program().options, words }] as const,
  );
  return { options: checkCommand([]).options, commands: Object.fromEntries(commands) };
}

/** Where a word is no file but nearly a command, a command is what was meant. */
export async function refuseMisspelled(word: string): Promise<void> {
  if (word.startsWith("-")) return;
  const isThere = await access(word).then(
    () => true,
    () => false,
  );
  const meant = isThere ? undefined : nearest(word, Object.keys(COMMANDS));
  if (meant !== undefined)
    throw new UsageError(`error: there is no file ${word}; did you mean the command ${meant}?\n`);
}
