import { counted, thousands } from "../../model/counted.js";
import { placeText, spaced } from "../shared/wording.js";
import {
  type BeforeAndAfter,
  CHANGES,
  type ClauseChange,
  type Comparison,
  type FindingChange,
} from "./comparison.js";

/** The comparison in one line: "nonconformant, before: conformant; 2 findings new, 1 gone; 1 clause changed". */
export function comparisonSentence({ verdict, findings, clauses }: Comparison): string {
  const counts = CHANGES.map((kind) => ({
    kind,
    count: findings.filter(({ change }) => change === kind).length,
  }));
  const changes = counts
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${counted(count, "finding")} ${kind}`);
  return [
    verdictWords(verdict),
    changes.length === 0 ? "no finding changed" : changes.join(", "),
    clauses.length === 0 ? "no clause changed" : `${counted(clauses.length, "clause")} changed`,
  ].join("; ");
}

function verdictWords({ before, after }: BeforeAndAfter<string>): string {
  return before === after ? `${after} as before` : `${after}, before: ${before}`;
}

/** "3 places, before: 1; waived: 2, before: 0". */
export function countsInWords({ before, after, waived }: FindingChange): string {
  const counts = `${counted(after, "place")}, before: ${thousands(before)}`;
  if (waived === undefined) return counts;
  return `${counts}; waived: ${thousands(waived.after)}, before: ${thousands(waived.before)}`;
}

/** The place that a change names. */
export function changedPlace({ place }: FindingChange): string {
  return placeText(place);
}

/** "violated, before: satisfied". */
export function statusInWords({ before, after }: ClauseChange): string {
  const words = (status: string | undefined): string => spaced(status ?? "not in the report");
  return `${words(after)}, before: ${words(before)}`;
}
