import { CLAUSE_STATUSES, type ClauseStatus, type Level } from "../../model/clause.js";
import type { Report } from "../../model/report.js";

/** The levels that clauses have, as columns of a table. */
export const CLAUSE_LEVELS: readonly Level[] = ["MUST", "SHOULD", "MAY"];

/** One row of the table of clauses: how many of each level ended in a status. */
export interface CoverageRow {
  readonly status: ClauseStatus;
  /** In the order of CLAUSE_LEVELS. */
  readonly counts: readonly number[];
}

/** A row for each status that some clause ended in. */
export function coverageRows({ summary: { coverage } }: Report): readonly CoverageRow[] {
  return CLAUSE_STATUSES.map((status) => ({
    status,
    counts: CLAUSE_LEVELS.map((level) => coverage[level][status]),
  })).filter(({ counts }) => counts.some((count) => count > 0));
}
