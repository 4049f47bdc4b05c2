import type { FindingLevel } from "../../model/clause.js";
import type { Location } from "../../model/finding.js";
import type { Report, Verdict } from "../../model/report.js";

/** What a verdict is called on the page, and the colour and icon it has there. */
interface VerdictWords {
  readonly title: string;
  readonly tone: "good" | "open" | "bad";
}

export const VERDICTS: Readonly<Record<Verdict, VerdictWords>> = {
  nonconformant: { title: "Nonconformant", tone: "bad" },
  inconclusive: { title: "Inconclusive", tone: "open" },
  "no-violations-found": { title: "No violations found", tone: "good" },
  "no-violations-found-with-waivers": { title: "No violations found, with waivers", tone: "good" },
  conformant: { title: "Conformant", tone: "good" },
  "conformant-with-waivers": { title: "Conformant, with waivers", tone: "good" },
};

export function thousands(count: number): string {
  return count.toLocaleString("en-US");
}

export function plural(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? "" : "s"}`;
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name of several words, as people write it. */
export function spaced(name: string): string {
  return name.replaceAll("-", " ");
}

export function placeOf({ path, line, column, absent }: Location): string {
  if (absent === true) return `${path} (the whole file)`;
  return `${path}:${line}${column === undefined ? "" : `:${column}`}`;
}

/** The document of a clause's source, which reads "document section, heading". */
export function documentOf(source: string): string {
  return /^(.*?) [\d.]+, /.exec(source)?.[1] ?? source;
}

/** How many occurrences of findings there are at each level, without the levels that have none. */
export function occurrencesByLevel({ summary }: Report): readonly (readonly [FindingLevel, number])[] {
  const levels = Object.entries(summary.byLevel) as [FindingLevel, number][];
  return levels.filter(([, count]) => count > 0);
}
