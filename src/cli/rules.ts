import { Command, Option } from "commander";
import { CLAUSE_ENTRIES, EVIDENCE, type ExitCode, RULE_ENTRIES, type RuleEntry } from "../index.js";
import { say } from "./diagnostics.js";
import { writeStdout } from "./outputs.js";
import { chosen, parse } from "./parse.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

interface Filter {
  readonly clause?: string;
  readonly level?: string;
  readonly evidence?: string;
  readonly json: boolean;
}

const LEVEL_NAMES = ["must", "should", "may"] as const;

export function rulesCommand(): Command {
  return new Command("mplp-check rules")
    .description("Lists the rules, and the clauses that each puts to the test.")
    .option("--clause <id>", "only rules of this clause, or of clauses whose ids begin like this: RG-7")
    .addOption(
      new Option("--level <level>", "only rules of clauses of this level")
        .choices(LEVEL_NAMES)
        .argParser((name: string) => chosen(LEVEL_NAMES, name)),
    )
    .addOption(
      new Option("--evidence <kind>", "only rules that check this kind of evidence")
        .choices(EVIDENCE)
        .argParser((name: string) => chosen(EVIDENCE, name)),
    )
    .option("--json", "as JSON", false)
    .helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check rules`. @throws UsageError where there is no clause of the name, or that begins so */
export async function rules(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const filter = parse(rulesCommand(), args).opts<Filter>();
  const { clause = "" } = filter;
  if (!CLAUSE_ENTRIES.some(({ id }) => beginsWith(id, clause)))
    throw new UsageError(`there is no clause ${clause}; mplp-check --list-clauses lists them`);
  const found = RULE_ENTRIES.filter((rule) => fits(rule, filter));
  const text = filter.json ? [`${JSON.stringify(found, null, 2)}\n`] : table(found.map(rowOf));
  await writeStdout(text, streams);
  if (found.length === 0) say(streams, "no rule matches all of these options");
  return 0;
}

/** Runs `mplp-check --list-clauses`. */
export async function listClauses(streams: Streams): Promise<ExitCode> {
  await writeStdout(table(CLAUSE_ENTRIES.map(({ id, level, title }) => [id, level, title])), streams);
  return 0;
}

function fits({ clauses, levels, evidence }: RuleEntry, filter: Filter): boolean {
  const { clause, level } = filter;
  const isOfClause = clause === undefined || clauses.some((id) => beginsWith(id, clause));
  const isOfLevel = level === undefined || levels.some((each) => each.toLowerCase() === level);
  return isOfClause && isOfLevel && (filter.evidence === undefined || filter.evidence === evidence);
}

function beginsWith(id: string, part: string): boolean {
  return id.toLowerCase().startsWith(part.toLowerCase());
}

function rowOf({ id, levels, clauses, title }: RuleEntry): readonly string[] {
  return [id, levels.join(","), clauses.join(","), title];
}

function* table(rows: readonly (readonly string[])[]): Iterable<string> {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
    );
    yield `${cells.join("  ")}\n`;
  }
}
