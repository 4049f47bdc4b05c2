import { logRule } from "../shared/define.js";
import { toolKinds } from "../sources/tools.js";

/** IS-4.2-4: which of the usual tools report by tool_event. Coverage only: nothing is ever missing. */
export const toolCoverage = logRule({
  id: "tool-coverage",
  clauses: ["IS-4.2-4"],
  title: "Linters, formatters and test runners report",
  why: "The specification calls these tool events optional in one place and recommended in another: this rule counts them and requires none.",
  fix: "You need not change anything; a tool_event for each linter, formatter and test run makes the log say more.",
  source: toolKinds,
  checks: (_kind, [events]) => events?.count ?? 0,
});
