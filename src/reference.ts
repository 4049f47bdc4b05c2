import type { Clause, Level } from "./model/clause.js";
import { nearest } from "./model/nearest.js";
import type { Rule, RuleMeta } from "./model/rule.js";
import { packageText } from "./package/package-file.js";
import { CLAUSES } from "./protocol/clauses/clauses.js";
import { DOCUMENTS } from "./protocol/clauses/documents.js";
import { RULES } from "./rules/index.js";

/** What a rule says about itself, with the levels of the clauses that it puts to the test. */
export interface RuleEntry extends RuleMeta {
  readonly evidence: Rule["evidence"];
  readonly levels: readonly Level[];
}

/** A clause with the name of its document and the rules that put it to the test. */
export interface ClauseEntry extends Clause {
  readonly source: string;
  readonly rules: readonly string[];
}

/** A log from the test cases of a rule. */
export interface Example {
  readonly about: string;
  readonly lines: readonly string[];
  /** What the rule says of it: level, line and pointer of each finding. */
  readonly findings: readonly { readonly level: string; readonly line: number; readonly pointer?: string }[];
}

/** Logs that break a rule and keep it. */
export interface Examples {
  readonly fails?: Example;
  readonly passes?: Example;
}

export const EVIDENCE = [
  "event",
  "record",
  "file",
  "log",
  "run",
] as const satisfies readonly Rule["evidence"][];

const LEVEL_OF = new Map(CLAUSES.map(({ id, level }: Clause) => [id, level]));

/** Every rule, in the order in which they are run. */
export const RULE_ENTRIES: readonly RuleEntry[] = RULES.map((rule: Rule) => {
  const { id, clauses, title, why, fix, evidence } = rule;
  const levels = clauses.flatMap((clause) => LEVEL_OF.get(clause) ?? []);
  return { id, clauses, title, why, fix, evidence, levels: [...new Set(levels)] };
});

/** Every clause, in the order of reports. */
export const CLAUSE_ENTRIES: readonly ClauseEntry[] = clauseEntries();

function clauseEntries(): readonly ClauseEntry[] {
  const rules = new Map<string, string[]>(CLAUSES.map(({ id }) => [id, []]));
  for (const rule of RULES) for (const clause of rule.clauses) rules.get(clause)?.push(rule.id);
  return CLAUSES.map((clause: Clause) => ({
    ...clause,
    source: `${DOCUMENTS[clause.document]} ${clause.section}, ${clause.sectionTitle}`,
    rules: rules.get(clause.id) ?? [],
  }));
}

/** A rule or a clause by its id, whatever its case; or the id that was most likely meant. */
export function entryFor(id: string): RuleEntry | ClauseEntry | { readonly meant: string | undefined } {
  const entries = [...RULE_ENTRIES, ...CLAUSE_ENTRIES];
  const entry = entries.find((each) => each.id.toLowerCase() === id.toLowerCase());
  return (
    entry ?? {
      meant: nearest(
        id,
        entries.map((each) => each.id),
      ),
    }
  );
}

/** The examples of a rule. */
export async function examplesFor(rule: string): Promise<Examples> {
  const examples = JSON.parse(packageText("docs/examples.json")) as Record<string, Examples>;
  return examples[rule] ?? {};
}
