import type { FindingLevel } from "./clause.js";
import { counted } from "./counted.js";
import type { Finding } from "./finding.js";

/** Number of findings, and of their places together. */
export interface Tally {
  readonly defects: number;
  readonly places: number;
}

/** The tally of some findings. */
export function tally(findings: readonly Finding[]): Tally {
  return { defects: findings.length, places: findings.reduce((sum, { count }) => sum + count, 0) };
}

/** The tally of the findings at some levels, without waived ones. */
export function tallyOf(findings: readonly Finding[], levels: readonly FindingLevel[]): Tally {
  return tally(findings.filter(({ level, waiver }) => waiver === undefined && levels.includes(level)));
}

/** "10 defects at 1,466 places". */
export function tallyInWords({ defects, places }: Tally, noun = "defect"): string {
  return `${counted(defects, noun)} at ${counted(places, "place")}`;
}
