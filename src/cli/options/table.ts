import type { OptionRow, OptionRows, ValuesOf } from "./row.js";
import { DECISIONS } from "./rows/decisions.js";
import { EVIDENCE } from "./rows/evidence.js";
import { LISTEN } from "./rows/listen.js";
import { REPORTS } from "./rows/reports.js";
import { LIMITS, OTHER, PARTS, SELFTEST } from "./rows/run.js";
import { SLICE } from "./rows/slice.js";

/** The options under each heading of the help, in its order. */
const GROUPS: Readonly<Record<string, OptionRows>> = {
  "Reports:": REPORTS,
  "Evidence:": EVIDENCE,
  "Decisions:": DECISIONS,
  "Parts of a log:": PARTS,
  "Listening:": LISTEN,
  "Slicing:": SLICE,
  "Limits:": LIMITS,
  "Selftest:": SELFTEST,
  "Other:": OTHER,
};

type Rows = typeof REPORTS &
  typeof EVIDENCE &
  typeof DECISIONS &
  typeof PARTS &
  typeof LISTEN &
  typeof SLICE &
  typeof LIMITS &
  typeof SELFTEST &
  typeof OTHER;

/** What the options of a command line give, by their names in camelCase. */
export type OptionValues = ValuesOf<Rows>;

/** A row with its name, the heading that it stands under, and the value that it gives. */
export interface NamedRow extends OptionRow {
  readonly name: string;
  readonly group: string;
  readonly gives: keyof OptionValues;
}

/** Every option, with everything about it except what its value does. */
export const OPTIONS: readonly NamedRow[] = Object.entries(GROUPS).flatMap(([group, rows]) =>
  Object.entries(rows).map(([name, row]) => ({ name, group, gives: row.into ?? valueName(name), ...row })),
);

/** As the type says it: `ValueName`. */
function valueName(name: string): keyof OptionValues {
  const positive = name.replace(/^no-/, "");
  return positive.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof OptionValues;
}
