import { Command } from "commander";
import {
  type ClauseEntry,
  type Example,
  type ExitCode,
  entryFor,
  examplesFor,
  type RuleEntry,
} from "../index.js";
import { writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import { UsageError } from "./usage-error.js";

export function explainCommand(): Command {
  return new Command("mplp-check explain")
    .description("Explains a rule or a clause: what it asks for, why, and logs that break and keep it.")
    .argument("<id>", "a rule such as event-id-v4, or a clause such as PS-4.1-2")
    .helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check explain ID`. @throws UsageError where there is neither rule nor clause of the id */
export async function explain(args: readonly string[]): Promise<ExitCode> {
  const [id = ""] = parse(explainCommand(), args).args;
  const entry = entryFor(id);
  if ("meant" in entry) {
    const hint = entry.meant === undefined ? "mplp-check rules lists them" : `did you mean ${entry.meant}?`;
    throw new UsageError(`error: there is no rule and no clause ${id}; ${hint}\n`);
  }
  await writeStdout("why" in entry ? await ruleText(entry) : await clauseText(entry));
  return 0;
}

async function clauseText(clause: ClauseEntry): Promise<readonly string[]> {
  const { id, title, level, keyword, basis, source, text, when, supply, rules } = clause;
  const printed = keyword === undefined ? "" : `, printed keyword ${keyword}`;
  return [
    `${id}  ${title}\n`,
    `${level} (${basis}${printed})\n`,
    `${source}\n\n`,
    `${text}.\n`,
    ...(when === undefined ? [] : [`\nApplies when: ${when}.\n`]),
    ...(supply === undefined ? [] : [`\nTo show it: ${supply}.\n`]),
    `\nRules: ${rules.join(", ")}\n`,
    ...(await exampleLines(await ruleWithExample(clause))),
  ];
}

/** The rule that breaks the clause at its own level in an example, or else the first. */
async function ruleWithExample({ rules, level }: ClauseEntry): Promise<string> {
  for (const rule of rules) {
    const { fails } = await examplesFor(rule);
    if (fails?.findings.some((finding) => finding.level === level) === true) return rule;
  }
  return rules[0] ?? "";
}

async function ruleText(rule: RuleEntry): Promise<readonly string[]> {
  const { id, title, clauses, why, fix, evidence } = rule;
  const sources = clauses.map((clause) => {
    const entry = entryFor(clause);
    return "source" in entry ? `  ${entry.id}  ${entry.level}  ${entry.title} (${entry.source})\n` : "";
  });
  return [
    `${id}  ${title}\n`,
    `looks at: ${evidence}\n\nClauses:\n`,
    ...sources,
    `\nWhy: ${why}\n`,
    `\nFix: ${fix}\n`,
    ...(await exampleLines(id)),
  ];
}

async function exampleLines(rule: string): Promise<readonly string[]> {
  const { fails, passes } = await examplesFor(rule);
  return [...exampleOf("Breaks it", fails), ...exampleOf("Keeps it", passes)];
}

function exampleOf(heading: string, example: Example | undefined): readonly string[] {
  if (example === undefined) return [];
  const { about, lines, findings } = example;
  return [
    `\n${heading}: ${about}\n`,
    ...lines.map((line) => `  ${line}\n`),
    ...findings.map(
      ({ level, line, pointer = "" }) =>
        `  -> line ${line}${pointer === "" ? "" : ` ${pointer}`}: ${level}\n`,
    ),
  ];
}
