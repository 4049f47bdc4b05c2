import { counted } from "../../model/counted.js";
import type { Selftest, TestedClause } from "../../model/selftest.js";
import { fitting, type MarkdownSection, sectionOf } from "../markdown/sections.js";
import { code, prose } from "../markdown/text.js";
import { inputInWords, notExercisedIn, selftestSentence, unnoticedIn } from "./words.js";

/** The selftest as GitHub-flavoured Markdown. */
export function* renderMarkdownSelftest(selftest: Selftest): Iterable<string> {
  const { inputs, errors, clauses } = selftest;
  const head = `## MPLP selftest\n\n${prose(selftestSentence(selftest))}.\n\n`;
  const unnoticed = [...unnoticedIn(clauses)].map(
    ({ clause, name, place }) => `- ${clause.level} ${code(clause.id)} **${prose(name)}** ${code(place)}\n`,
  );
  yield* fitting(
    head,
    [
      sectionOf(
        "error",
        "Errors",
        errors.map(({ path, message }) => `- ${code(path)} ${prose(message)}\n`),
      ),
      sectionOf("unnoticed mutation", `Unnoticed: ${counted(unnoticed.length, "mutation")}`, unnoticed),
      table(clauses),
      sectionOf("reason", "Not exercised by this log", clauses.flatMap(notExercised)),
      sectionOf("clause", "Not testable", clauses.flatMap(untestable)),
      sectionOf(
        "input",
        "Inputs",
        inputs.map((input) => `- ${code(input.path)} ${prose(inputInWords(input))}\n`),
      ),
    ],
    "",
  );
}

function table(clauses: readonly TestedClause[]): MarkdownSection {
  const tested = clauses.filter(({ untestable: reason }) => reason === undefined);
  const rows = tested.map(
    ({ id, level, title, ...counts }) =>
      `| ${code(id)} | ${level} | ${counts.tried} | ${counts.noticed} | ${counts.unnoticed} | ${counts.notExercised} | ${prose(title)} |\n`,
  );
  const names = ["clause", "level", "tried", "noticed", "unnoticed", "not exercised", ""];
  const open = `### Clauses\n\n| ${names.join(" | ")} |\n| :-- | :-- | --: | --: | --: | --: | :-- |\n`;
  return { noun: "clause", open, entries: rows, close: "\n" };
}

function notExercised(clause: TestedClause): readonly string[] {
  return notExercisedIn(clause).map(
    ([reason, names]) => `- ${code(clause.id)} ${prose(`${reason} (${names})`)}\n`,
  );
}

function untestable({ id, untestable: reason }: TestedClause): readonly string[] {
  return reason === undefined ? [] : [`- ${code(id)} ${prose(reason)}\n`];
}
