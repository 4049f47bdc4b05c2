import type { MplpLogRule } from "../define.js";
import { deliveryOf, factsIn } from "./history.js";
import { forEachStep, placeOfStep } from "./lifecycle.js";
import { observeStage, STAGE_STATUSES } from "./stage-observation.js";

/**
 * RG-7.1-3: every transition of a stage has its event. A stage that was pending and is completed or
 * failed next has run without saying so; one still open at the end of the log leaves the clause open.
 */
export const stageTransitionEvents: MplpLogRule<number> = {
  evidence: "log",
  id: "stage-transition-events",
  clauses: ["RG-7.1-3"],
  title: "Every stage transition has its event",
  why: "Whoever follows a pipeline by its events misses what happened between two of them.",
  fix: "Emit a pipeline_stage event with status running when the stage starts, and one with its last status when it ends.",
  scopes: ["pipeline_stage"],
  store: "columns",
  order: "causal",
  deliveryOf,
  atLeast: 1,
  observe: observeStage,
  judge: (_stage, history, { isComplete, emit, leaveOpen }) => {
    forEachStep(history, STAGE_STATUSES, factsIn, (step) => {
      if (!step.isDirect || step.from !== "pending" || (step.to !== "completed" && step.to !== "failed"))
        return;
      const message = `a stage is ${step.to} without having been running`;
      emit({ ...placeOfStep(step), message, pointer: "/stage_status" });
    });
    const last = history.at(-1);
    if (last === undefined) return;
    const status = STAGE_STATUSES[factsIn(last)];
    if (status === undefined)
      leaveOpen("RG-7.1-3", "a stage whose last status is none of the five may not have ended");
    if (status !== "pending" && status !== "running") return;
    if (isComplete)
      emit({
        at: last.at,
        message: `a stage is still ${status} at the end of the complete log`,
        pointer: "/stage_status",
      });
    else
      leaveOpen(
        "RG-7.1-3",
        "a stage is still pending or running at the end of the log; with --complete that is a violation",
      );
  },
};
