import { type FindingLevel, LEVELS } from "../../model/clause.js";
import { counted, thousands } from "../../model/counted.js";
import type { Change } from "../diff/comparison.js";
import type { TrendPoint } from "./point.js";

/** What is called and shown of several reports. */
export interface Trend {
  /** What the user calls it. */
  readonly title?: string;
  readonly date?: string;
  /** In the order given; at least two. */
  readonly points: readonly TrendPoint[];
}

/** "no-violations-found in the last of 3 reports, nonconformant in the first; 2 findings, at first 7". */
export function trendSentence({ points }: Trend): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "no report";
  const before = first.verdict === last.verdict ? "as in the first" : `${first.verdict} in the first`;
  const findings = `${counted(findingsIn(last), "finding")}, at first ${thousands(findingsIn(first))}`;
  return `${last.verdict} in the last of ${counted(points.length, "report")}, ${before}; ${findings}`;
}

function findingsIn({ tallies }: TrendPoint): number {
  return LEVELS.reduce((sum, level) => sum + tallies[level].defects, 0);
}

/** The levels that any of the reports has findings of. */
export function levelsIn({ points }: Trend): readonly FindingLevel[] {
  return LEVELS.filter((level) => points.some(({ tallies }) => tallies[level].defects > 0));
}

/** How many findings changed in this way since the report before; undefined for the first one. */
export function changedIn({ since }: TrendPoint, ...changes: readonly Change[]): number | undefined {
  return since?.findings.filter(({ change }) => changes.includes(change)).length;
}
