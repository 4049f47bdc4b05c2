import type { Finding } from "../../model/finding.js";
import type { ClauseResult, Report, RuleSummary } from "../../model/report.js";

/** The texts of a report about a finding's first clause and its rule. */
export interface Cited {
  readonly clause: Partial<Pick<ClauseResult, "title" | "source">>;
  readonly rule: Partial<RuleSummary>;
}

/** Leaves out texts of a clause or rule that the report does not list. */
export function citedBy({ clauses, rule }: Finding, report: Report): Cited {
  return {
    clause: report.clauses.find(({ id }) => id === clauses[0]) ?? {},
    rule: report.rules.find(({ id }) => id === rule) ?? {},
  };
}
