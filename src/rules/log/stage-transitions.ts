import { logRule } from "../shared/define.js";
import { noteDisorder } from "../shared/log/disorder.js";
import { judgeBy } from "../shared/log/judge-lifecycle.js";
import { type Complaint, hasTwoStatuses, type Lifecycle } from "../shared/log/lifecycle.js";
import { STAGE_STATUSES, stages } from "../sources/stages.js";

const POINTER = "/stage_status";

const LIFECYCLE: Lifecycle = {
  clause: "RG-4.3-2",
  statuses: STAGE_STATUSES,
  step: complaintOf,
  pointerOf: () => POINTER,
};

const judgeStage = judgeBy(LIFECYCLE);

/** RG-4.3-2: the stages of a pipeline go from status to status as they may. Retries are a SHOULD finding. */
export const stageTransitions = logRule({
  id: "stage-transitions",
  clauses: ["RG-4.3-2", "IS-13.2-2"],
  title: "Stage transitions are legal",
  why: "A completed or skipped stage that moves again contradicts what everyone has read about it.",
  fix: "Run a stage again under a new stage_id or a new pipeline_id, and emit each status when the stage reaches it.",
  source: stages,
  judgesOrder: true,
  checks: (_stage, history) => (hasTwoStatuses(history) ? 1 : 0),
  judge: (_stage, history, judging) => {
    judging.meet("RG-4.3-2");
    if (history.length < 2) return;
    noteDisorder(history, "a stage", () => POINTER, judging);
    judgeStage(history, judging);
  },
});

function complaintOf(from: string, to: string, isDirect: boolean): Complaint | undefined {
  if (from === "completed" || from === "skipped")
    return { message: `a ${from} stage changes to ${to}`, kind: "wrong" };
  if (from === "failed") {
    if (!isDirect) return undefined;
    const isRetry = to === "running" || to === "pending";
    const message = isRetry
      ? "a failed stage is tried again"
      : `a failed stage changes to ${to} without running again`;
    return { message, kind: "wrong", level: "SHOULD" };
  }
  return from === "running" && to === "pending"
    ? { message: "a running stage goes back to pending", kind: "wrong", level: "SHOULD" }
    : undefined;
}
