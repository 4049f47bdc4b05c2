import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClauseStatus } from "../../src/model/clause.js";
import type { Report } from "../../src/model/report.js";
import type { CheckOptions } from "../../src/run/check-options.js";

/** The project's root folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** One finding as a fixture expects it; `hint` and `message` are parts of the text. */
export interface Expected {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly level: "MUST" | "SHOULD" | "MAY" | "NOTE";
  readonly line: number;
  readonly pointer?: string;
  readonly message?: string;
  readonly hint?: string;
}

/** One log with all findings that it must give, and no others. */
export interface Fixture {
  readonly name: string;
  readonly rule: string;
  readonly validity: "valid" | "invalid";
  readonly path: string;
  readonly about: string;
  /** What the run is told besides the path, for clauses that depend on it. */
  readonly options: Pick<CheckOptions, "complete" | "claims">;
  readonly expected: readonly Expected[];
  /** How some clauses must end, by id. */
  readonly clauses: Readonly<Record<string, ClauseStatus>>;
}

/** Every log under fixtures/rules, with its expectations; without a file of them, none is expected. */
export function ruleFixtures(): Fixture[] {
  const folder = join(ROOT, "fixtures/rules");
  return readdirSync(folder).flatMap((rule) =>
    (["valid", "invalid"] as const).flatMap((validity) =>
      fixturesIn(join(folder, rule, validity), rule, validity),
    ),
  );
}

function fixturesIn(folder: string, rule: string, validity: Fixture["validity"]): Fixture[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.endsWith(".expected.json"))
    .map((file) => {
      const name = basename(file).replace(/\..*$/, "");
      const expectation = join(folder, `${name}.expected.json`);
      const {
        about = "",
        options = {},
        clauses = {},
        findings = [],
      } = existsSync(expectation)
        ? (JSON.parse(readFileSync(expectation, "utf8")) as Partial<
            Pick<Fixture, "about" | "options" | "clauses">
          > & {
            findings?: Expected[];
          })
        : {};
      return {
        name: `${rule}/${validity}/${name}`,
        rule,
        validity,
        path: join(folder, file),
        about,
        options,
        clauses,
        expected: findings,
      };
    });
}

/** Every occurrence that a report lists, in the order of places, in the form of expectations. */
export function occurrencesOf(report: Report): (Expected & { message: string; hint: string })[] {
  return report.findings
    .flatMap(({ rule, clauses, level, message, hint = "", locations }) =>
      locations.map(({ line, pointer }) => ({
        rule,
        clauses,
        level,
        line,
        ...(pointer !== undefined && { pointer }),
        message,
        hint,
      })),
    )
    .sort(compare);
}

export function compare(a: Expected, b: Expected): number {
  const key = ({ line, rule, pointer = "" }: Expected): string =>
    `${String(line).padStart(9)} ${rule} ${pointer}`;
  return key(a) < key(b) ? -1 : Number(key(a) > key(b));
}
