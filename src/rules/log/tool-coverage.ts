import type { MplpLogRule } from "../shared/define.js";

const KINDS = ["linter", "formatter", "test_runner"];

/** IS-4.2-4: which of the usual tools report by tool_event. Coverage only: nothing is ever missing. */
export const toolCoverage: MplpLogRule<true> = {
  evidence: "log",
  id: "tool-coverage",
  clauses: ["IS-4.2-4"],
  title: "Linters, formatters and test runners report",
  why: "The specification calls these tool events optional in one place and recommended in another: they are counted, not demanded.",
  fix: "Nothing has to be done; a tool_event around each linter, formatter and test run makes the log say more.",
  scopes: ["integration"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: ({ integration }) => {
    if (integration?.kind !== "tool_event") return undefined;
    const kind = KINDS.find((known) => known === integration.value.tool_kind);
    return kind === undefined ? undefined : { key: kind, value: true };
  },
  keeps: "first",
  checks: (_kind, [events]) => events?.count ?? 0,
};
