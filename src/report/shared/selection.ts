import { type FindingLevel, LEVELS } from "../../model/clause.js";
import { counted } from "../../model/counted.js";
import type { Finding } from "../../model/finding.js";
import { tally } from "../../model/tally.js";
import { ruleTotals } from "./rule-totals.js";

/** The choice of findings in a report for people. */
export interface Selection {
  /** The mildest level to show. Default: NOTE. */
  readonly show?: FindingLevel;
  /** The most findings to show. Default: all. */
  readonly maxReported?: number;
  /** True to show only the verdict. Default: false. */
  readonly quiet?: boolean;
}

interface Selected {
  /** The strictest first, waived findings last. */
  readonly shown: readonly Finding[];
  readonly others: readonly Finding[];
}

/** The findings to show, and those to count only. */
export function selected(
  findings: readonly Finding[],
  { show = "NOTE", maxReported = Number.POSITIVE_INFINITY }: Selection,
): Selected {
  const ranked = [...findings].sort((a, b) => rankOf(a) - rankOf(b));
  const isShown = ({ level }: Finding): boolean => LEVELS.indexOf(level) <= LEVELS.indexOf(show);
  const [wanted, milder] = [ranked.filter(isShown), ranked.filter((finding) => !isShown(finding))];
  return { shown: wanted.slice(0, maxReported), others: [...wanted.slice(maxReported), ...milder] };
}

function rankOf({ level, waiver }: Finding): number {
  return waiver === undefined ? LEVELS.indexOf(level) : LEVELS.length;
}

/** The most rules to name. */
const NAMED = 10;

/** The findings that are not shown: "3 findings at 7 places: event-id-v4 (5 places), duplicate-key (2 places)". */
export function othersInWords(others: readonly Finding[]): string {
  const { defects, places } = tally(others);
  const rules = ruleTotals(others);
  const named = rules.slice(0, NAMED).map(({ rule, places }) => `${rule} (${counted(places, "place")})`);
  const rest = rules.length > NAMED ? [counted(rules.length - NAMED, "more rule")] : [];
  return `${counted(defects, "finding")} at ${counted(places, "place")}: ${[...named, ...rest].join(", ")}`;
}
