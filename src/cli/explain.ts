import type { ChalkInstance } from "chalk";
import { Command } from "commander";
import {
  type ClauseEntry,
  type Example,
  type ExitCode,
  entryFor,
  examplesFor,
  type RuleEntry,
} from "../index.js";
import { type Pen, penFor, wrapped } from "../report/text/pen.js";
import { addOptions } from "./options/commander-options.js";
import { writeStdout } from "./outputs.js";
import { notEmpty, parse } from "./parse.js";
import { screen } from "./screen.js";
import { type Streams, streamsFor } from "./streams.js";
import { UsageError } from "./usage-error.js";

export function explainCommand(): Command {
  const command = new Command("mplp-check explain")
    .description("Explains rules and clauses: what they ask for, why, and logs that break and keep them.")
    .argument("<ids...>", "rules such as event-id-v4, clauses such as PS-4.1-2", notEmpty);
  return addOptions(command, "explain").helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check explain ID...`. @throws UsageError where there is neither rule nor clause of an id */
export async function explain(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parse(explainCommand(), args);
  const entries = program.args.map(explained);
  const pen = penFor(await screen(streamsFor(program.opts(), streams)));
  for (const [index, entry] of entries.entries()) {
    if (index > 0) await writeStdout([`\n${pen.paint.dim("─".repeat(pen.width))}\n\n`], streams);
    const text = "why" in entry ? ruleText(entry, pen) : clauseText(entry, pen);
    await writeStdout([...text, ...(await exampleLines(entry, pen))], streams);
  }
  return 0;
}

function explained(id: string): RuleEntry | ClauseEntry {
  const entry = entryFor(id);
  if (!("meant" in entry)) return entry;
  const hint =
    entry.meant === undefined
      ? "mplp-check rules lists the rules, mplp-check --list-clauses the clauses"
      : `did you mean ${entry.meant}?`;
  throw new UsageError(`there is no rule and no clause ${id}; ${hint}`);
}

function* clauseText(clause: ClauseEntry, pen: Pen): Iterable<string> {
  const { id, title, level, keyword, basis, source, text, when, supply, rules } = clause;
  const printed = keyword === undefined ? "" : `, printed keyword ${keyword}`;
  yield* heading(id, title, pen);
  yield `${levelPaint(level, pen)(level)} (${basis}${printed})\n`;
  yield* wrapped(source, "", 0, pen, pen.paint.dim);
  yield "\n";
  yield* wrapped(`${text}.`, "", 0, pen);
  if (when !== undefined) yield* labelled("Applies when", `${when}.`, pen);
  if (supply !== undefined) yield* labelled("To show it", `${supply}.`, pen);
  yield* labelled("Rules", rules.join(", "), pen);
}

function* ruleText(rule: RuleEntry, pen: Pen): Iterable<string> {
  const { id, title, clauses, why, fix, evidence } = rule;
  yield* heading(id, title, pen);
  yield `looks at: ${evidence}\n\n${pen.paint.bold("Clauses")}:\n`;
  for (const clause of clauses) {
    const entry = entryFor(clause);
    if (!("source" in entry)) continue;
    const { level, source } = entry;
    const head = `  ${entry.id}  ${levelPaint(level, pen)(level)}  `;
    const indent = `  ${entry.id}  ${level}  `.length;
    yield* wrapped(`${entry.title} (${source})`, head, indent, pen);
  }
  yield* labelled("Why", why, pen);
  yield* labelled("Fix", fix, pen);
}

function heading(id: string, title: string, pen: Pen): Iterable<string> {
  return wrapped(title, `${pen.paint.bold(id)}  `, id.length + 2, pen);
}

function* labelled(label: string, text: string, pen: Pen): Iterable<string> {
  yield "\n";
  yield* wrapped(text, `${pen.paint.bold(label)}: `, label.length + 2, pen);
}

function levelPaint(level: string, { paint }: Pen): ChalkInstance {
  if (level === "MUST") return paint.red;
  return level === "SHOULD" ? paint.yellow : paint.cyan;
}

/** The rule that breaks a clause at its own level in an example, or else the first. */
async function ruleWithExample({ rules, level }: ClauseEntry): Promise<string> {
  for (const rule of rules) {
    const { fails } = await examplesFor(rule);
    if (fails?.findings.some((finding) => finding.level === level) === true) return rule;
  }
  return rules[0] ?? "";
}

async function exampleLines(entry: RuleEntry | ClauseEntry, pen: Pen): Promise<readonly string[]> {
  const rule = "why" in entry ? entry.id : await ruleWithExample(entry);
  const { fails, passes } = await examplesFor(rule);
  return [...exampleOf("Breaks it", fails, pen), ...exampleOf("Keeps it", passes, pen)];
}

/** Lines of a log stay whole, so that they can be copied. */
function* exampleOf(label: string, example: Example | undefined, pen: Pen): Iterable<string> {
  if (example === undefined) return;
  const { about, lines, findings } = example;
  yield* labelled(label, about, pen);
  for (const line of lines) yield `  ${line}\n`;
  for (const { level, line, pointer = "" } of findings) {
    const place = pointer === "" ? "" : ` ${pointer}`;
    yield `  -> line ${line}${place}: ${levelPaint(level, pen)(level)}\n`;
  }
}
