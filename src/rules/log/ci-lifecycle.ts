import { logRule } from "../shared/define.js";
import { integrationLifecycle } from "../shared/log/integration-lifecycle.js";
import { ciRuns } from "../sources/runs.js";

/** IS-3.4-1: a CI run goes from pending over running to one end. */
export const ciLifecycle = logRule({
  source: ciRuns,
  judgesOrder: true,
  ...integrationLifecycle({
    clause: "IS-3.4-1",
    subject: "a CI run",
    // That a run never ends is for IS-4.2-2 to say.
    ends: false,
    hint: "The usual cause is a re-run, or two jobs that share a run_id: add the attempt or the job to run_id.",
  }),
  id: "ci-lifecycle",
  clauses: ["IS-3.4-1", "IS-13.2-2"],
  title: "A CI run follows its lifecycle",
  why: "A run that ends twice has two results, and a gate that has read the first one may have read the wrong one.",
  fix: "Give a run that is repeated a run_id of its own (GitHub: run_id and run_attempt), and emit one last status for each.",
});
