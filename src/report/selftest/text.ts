import { thousands } from "../../model/counted.js";
import { printable, withoutCommands } from "../../model/printable.js";
import { type Selftest, selftestExitCode, type TestedClause } from "../../model/selftest.js";
import type { Surface } from "../shared/surface.js";
import { levelPaint } from "../text/levels.js";
import { type Pen, penFor, wrapped } from "../text/pen.js";
import { inputInWords, notExercisedIn, selftestSentence, unnoticedIn } from "./words.js";

/** Columns before a text: those of an id and a level. */
const INDENT = 12;

/** The selftest for people at a terminal: the sentence about it first and last. */
export function* renderTextSelftest(selftest: Selftest, surface: Surface): Iterable<string> {
  for (const line of lines(selftest, penFor(surface))) yield withoutCommands(line);
}

function* lines(selftest: Selftest, pen: Pen): Iterable<string> {
  const { inputs, errors, clauses } = selftest;
  const sentence = sentenceLine(selftest, pen);
  yield `${sentence}\n`;
  for (const input of inputs) yield* row("read", `${input.path}: ${inputInWords(input)}`, pen);
  for (const { path, message } of errors) yield* row("error", `${path}: ${message}`, pen);
  yield* unnoticedLines(selftest, pen);
  yield* section("", tableLines(clauses, pen));
  yield* section("Not exercised by this log\n", notExercisedLines(clauses, pen));
  yield* section("Not testable\n", untestableLines(clauses, pen));
  yield `\n${sentence}`;
}

function sentenceLine(selftest: Selftest, { paint }: Pen): string {
  const tone = [paint.green, paint.red, paint.red, paint.yellow][selftestExitCode(selftest)] ?? paint.red;
  return `${tone.bold(printable(selftestSentence(selftest)))}\n`;
}

function row(head: string, text: string, pen: Pen): Iterable<string> {
  return wrapped(printable(text), pen.paint.dim(head.padEnd(INDENT)), INDENT, pen);
}

function* section(title: string, body: Iterable<string>): Iterable<string> {
  const all = [...body];
  if (all.length > 0) yield* ["\n", title, ...all];
}

function* unnoticedLines({ clauses }: Selftest, pen: Pen): Iterable<string> {
  for (const { clause, name, place } of unnoticedIn(clauses)) {
    yield "\n";
    const head = `${levelPaint(clause.level, pen.paint)(`✗ ${clause.level}`)} `;
    yield* wrapped(`${clause.id} ${clause.title}`, head, clause.level.length + 3, pen, pen.paint.bold);
    yield* wrapped(`unnoticed: ${name}`, "  ", 2, pen);
    yield* wrapped(printable(place), "  ", 2, pen);
  }
}

const COLUMNS = ["tried", "noticed", "unnoticed", "not exercised"] as const;

function* tableLines(clauses: readonly TestedClause[], { paint }: Pen): Iterable<string> {
  const tested = clauses.filter(({ untestable }) => untestable === undefined);
  yield paint.dim(`${"clause".padEnd(INDENT)}${"level".padEnd(8)}${COLUMNS.join("  ")}\n`);
  for (const clause of tested) {
    const { id, level, tried, noticed, unnoticed, notExercised, title } = clause;
    const counts = [tried, noticed, unnoticed, notExercised].map((count, index) => cell(count, index));
    const numbers = counts.join("  ");
    yield `${id.padEnd(INDENT)}${level.padEnd(8)}${unnoticed > 0 ? paint.red(numbers) : numbers}  ${title}\n`;
  }
}

function cell(count: number, column: number): string {
  return (count === 0 ? "·" : thousands(count)).padStart(COLUMNS[column]?.length ?? 0);
}

function* notExercisedLines(clauses: readonly TestedClause[], pen: Pen): Iterable<string> {
  for (const clause of clauses)
    for (const [reason, names] of notExercisedIn(clause)) yield* row(clause.id, `${reason} (${names})`, pen);
}

function* untestableLines(clauses: readonly TestedClause[], pen: Pen): Iterable<string> {
  for (const { id, title, untestable } of clauses)
    if (untestable !== undefined) yield* row(id, `${title}: ${untestable}`, pen);
}
