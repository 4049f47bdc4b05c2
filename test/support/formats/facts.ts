import type { FindingLevel, Report } from "../../../src/index.js";

/** Occurrences of findings that count, by level, and of those that are waived. */
export type Tally = Readonly<Record<FindingLevel | "waived", number>>;

/** What a report says; of an output, as much as can be read back from it. */
export interface Facts {
  readonly verdict: string;
  /** By clause. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Clauses by level and status, as "MUST satisfied"; without those of which there are none. */
  readonly coverage: Readonly<Record<string, number>>;
  readonly tally: Tally;
  /** Findings that count, by level, and waived ones. */
  readonly findings: Tally;
  /** How many things could not be checked. */
  readonly errors: number;
}

export const NONE: Tally = { MUST: 0, SHOULD: 0, MAY: 0, NOTE: 0, waived: 0 };

/** Sums of numbers under names. */
export function sums<Name extends string>(
  pairs: Iterable<readonly [Name, number]>,
): Readonly<Record<Name, number>> {
  const totals = {} as Record<Name, number>;
  for (const [name, count] of pairs) totals[name] = (totals[name] ?? 0) + count;
  return totals;
}

/** A count as people write it. */
export const numberOf = (text = ""): number => Number(text.replaceAll(",", ""));

/** What a report says, told from its clauses, findings and errors alone. */
export function factsOf({ verdict, clauses, findings, errors }: Report): Facts {
  const classOf = ({ level, waiver }: Report["findings"][number]) =>
    waiver === undefined ? level : "waived";
  return {
    verdict,
    statuses: Object.fromEntries(clauses.map(({ id, status }) => [id, status])),
    coverage: sums(clauses.map(({ level, status }) => [`${level} ${status}`, 1] as const)),
    tally: { ...NONE, ...sums(findings.map((finding) => [classOf(finding), finding.count] as const)) },
    findings: { ...NONE, ...sums(findings.map((finding) => [classOf(finding), 1] as const)) },
    errors: errors.length,
  };
}

/** Findings and places as reports write them: "3 defects at 9 places (MUST 1 at 2, SHOULD 2 at 7); 1 note at 1 place". */
export function foundIn(text: string): Pick<Facts, "tally" | "findings"> {
  const counts = [...text.matchAll(/(?:(MUST|SHOULD|MAY) )?([\d,]+) (?:(notes?|waived) )?at ([\d,]+)/g)];
  const each = counts.flatMap(([, level, findings, noun, places]) => {
    const name = level ?? (noun === undefined ? undefined : noun === "waived" ? "waived" : "NOTE");
    return name === undefined ? [] : [{ name, findings: numberOf(findings), places: numberOf(places) }];
  });
  return {
    tally: { ...NONE, ...Object.fromEntries(each.map(({ name, places }) => [name, places])) },
    findings: { ...NONE, ...Object.fromEntries(each.map(({ name, findings }) => [name, findings])) },
  };
}
