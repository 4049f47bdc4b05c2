import type { Finding } from "../../model/finding.js";
import type { ClauseResult, Report, RuleSummary } from "../../model/report.js";

/** What a report says about the first clause and the rule of a finding. */
export interface Cited {
  readonly clause: Partial<Pick<ClauseResult, "title" | "source">>;
  readonly rule: Partial<RuleSummary>;
}

/** Without the texts of a clause or rule that the report does not list. */
export function citedBy({ clauses, rule }: Finding, report: Report): Cited {
  return {
    clause: report.clauses.find(({ id }) => id === clauses[0]) ?? {},
    rule: report.rules.find(({ id }) => id === rule) ?? {},
  };
}
