import { type FindingLevel, LEVELS } from "../../model/clause.js";
import type { Verdict } from "../../model/report.js";
import type { ShownReport } from "../../model/shown.js";
import { type Tally, tally, tallyOf } from "../../model/tally.js";
import { compareReports } from "../diff/compare.js";
import type { Comparison } from "../diff/comparison.js";
import { type Tone, toneOf } from "../shared/tone.js";
import { labelOf } from "../shared/wording.js";

/** One of several reports, as far as a trend shows it. */
export interface TrendPoint {
  /** The file that holds the report. */
  readonly file: string;
  /** Its title and date; the file if it has none. */
  readonly label: string;
  readonly verdict: Verdict;
  readonly tone: Tone;
  /** Findings that count, by level. */
  readonly tallies: Readonly<Record<FindingLevel, Tally>>;
  readonly waived: Tally;
  /** What changed since the report before; undefined for the first one. */
  readonly since?: Comparison;
}

/** @param earlier the report before it */
export function trendPoint(file: string, report: ShownReport, earlier?: ShownReport): TrendPoint {
  const label = labelOf(report);
  const { findings, verdict } = report;
  return {
    file,
    label: label === "" ? file : label,
    verdict,
    tone: toneOf(report),
    tallies: Object.fromEntries(
      LEVELS.map((level) => [level, tallyOf(findings, [level])]),
    ) as TrendPoint["tallies"],
    waived: tally(findings.filter(({ waiver }) => waiver !== undefined)),
    ...(earlier !== undefined && { since: compareReports(earlier, report) }),
  };
}
