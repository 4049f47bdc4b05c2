import type { MplpLogRule } from "../define.js";
import { deliveryOf, factsIn, noteDisorder } from "./history.js";
import { forEachStep, placeOfStep, type Step } from "./lifecycle.js";
import { observeStage, STAGE_STATUSES } from "./stage-observation.js";

const POINTER = "/stage_status";

type Status = (typeof STAGE_STATUSES)[number];

/** RG-4.3-2: the stages of a pipeline go from status to status as they may. Retries are a SHOULD finding. */
export const stageTransitions: MplpLogRule<number> = {
  evidence: "log",
  id: "stage-transitions",
  clauses: ["RG-4.3-2", "IS-13.2-2"],
  title: "Stage transitions are legal",
  why: "A completed or skipped stage that moves again contradicts what everyone has read about it.",
  fix: "Run a stage again under a new stage_id or a new pipeline_id, and emit each status once it is reached.",
  scopes: ["pipeline_stage"],
  store: "columns",
  order: "causal",
  deliveryOf,
  atLeast: 2,
  observe: observeStage,
  judge: (_stage, history, judging) => {
    noteDisorder(history, "a stage", () => POINTER, judging);
    forEachStep(history, STAGE_STATUSES, factsIn, (step) => {
      const complaint = complaintOf(step);
      if (complaint !== undefined) judging.emit({ ...complaint, ...placeOfStep(step), pointer: POINTER });
    });
  },
};

function complaintOf({
  from,
  to,
  isDirect,
}: Step<Status>): { message: string; level?: "SHOULD" } | undefined {
  if (from === "completed" || from === "skipped") return { message: `a ${from} stage changes to ${to}` };
  if (from === "failed") {
    if (!isDirect) return undefined;
    const isRetry = to === "running" || to === "pending";
    const message = isRetry
      ? "a failed stage is tried again"
      : `a failed stage changes to ${to} without running again`;
    return { message, level: "SHOULD" };
  }
  return from === "running" && to === "pending"
    ? { message: "a running stage goes back to pending", level: "SHOULD" }
    : undefined;
}
