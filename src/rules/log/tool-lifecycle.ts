import { logRule } from "../shared/define.js";
import { integrationLifecycle } from "../shared/log/integration-lifecycle.js";
import { toolRuns } from "../sources/runs.js";

/** IS-3.1-1: a tool invocation goes from pending over running to one end, which a complete log shows. */
export const toolLifecycle = logRule({
  source: toolRuns,
  judgesOrder: true,
  ...integrationLifecycle({
    clause: "IS-3.1-1",
    subject: "a tool invocation",
    ends: true,
  }),
  id: "tool-lifecycle",
  clauses: ["IS-3.1-1", "IS-13.2-2"],
  title: "A tool invocation follows its lifecycle",
  why: "If a result changes after the end, nobody can correlate it with its code.",
  fix: "Use a new invocation_id for every invocation, and emit one last status for each.",
});
