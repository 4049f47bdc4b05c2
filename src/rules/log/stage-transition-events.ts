import { logRule } from "../shared/define.js";
import { judgeBy } from "../shared/log/judge-lifecycle.js";
import type { Lifecycle } from "../shared/log/lifecycle.js";
import { STAGE_STATUSES, stages } from "../sources/stages.js";

const LIFECYCLE: Lifecycle = {
  clause: "RG-7.1-3",
  statuses: STAGE_STATUSES,
  first: (status) =>
    hasRun(status)
      ? {
          message: `the first status of a stage is ${status}, and no event says that it was running`,
          kind: "missing",
        }
      : undefined,
  step: (from, to, isDirect) =>
    isDirect && from === "pending" && hasRun(to)
      ? { message: `a stage is ${to} without having been running`, kind: "lost" }
      : undefined,
  last: (status) => {
    if (status === undefined)
      return {
        message: "a stage whose last status is none of the five may not have ended",
        kind: "undecided",
      };
    return status === "pending" || status === "running"
      ? { message: `a stage is still ${status} at the end of the log`, kind: "missing" }
      : undefined;
  },
  pointerOf: () => "/stage_status",
};

const judgeStage = judgeBy(LIFECYCLE);

/**
 * RG-7.1-3: every transition of a stage has its event. A stage that was pending and is completed or failed next
 * has run without saying so. One that is completed or failed first, and one still open at the end of the log,
 * lack an event in a complete log only.
 */
export const stageTransitionEvents = logRule({
  id: "stage-transition-events",
  clauses: ["RG-7.1-3"],
  title: "Every stage transition has its event",
  why: "A reader who follows a pipeline by its events misses every transition without an event.",
  fix: "Emit a pipeline_stage event with status running when the stage starts, and one with its last status when it ends.",
  source: stages,
  judgesOrder: true,
  checks: (_stage, history) => {
    // A stage may be skipped without a word before: nothing could be missing then.
    for (const { value } of history) if (value.status !== undefined && value.status !== "skipped") return 1;
    return 0;
  },
  judge: (_stage, history, judging) => {
    judging.meet("RG-7.1-3");
    judgeStage(history, judging);
  },
});

function hasRun(status: string): boolean {
  return status === "completed" || status === "failed";
}
