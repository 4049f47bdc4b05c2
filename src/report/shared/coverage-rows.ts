import { CLAUSE_STATUSES, type ClauseStatus, type Level } from "../../model/clause.js";
import type { Report } from "../../model/report.js";

/** The levels of clauses, as columns of a table. */
export const CLAUSE_LEVELS: readonly Level[] = ["MUST", "SHOULD", "MAY"];

/** One row of the table of clauses: the number of clauses of each level with one status. */
export interface CoverageRow {
  readonly status: ClauseStatus;
  /** In the order of CLAUSE_LEVELS. */
  readonly counts: readonly number[];
}

/** A row for each status that at least one clause has. */
export function coverageRows({ summary: { coverage } }: Report): readonly CoverageRow[] {
  return CLAUSE_STATUSES.map((status) => ({
    status,
    counts: CLAUSE_LEVELS.map((level) => coverage[level][status]),
  })).filter(({ counts }) => counts.some((count) => count > 0));
}
