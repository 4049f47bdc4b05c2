import type { MplpLogRule } from "../define.js";
import { historyOf } from "./history.js";
import { placeOfStep, type Step, stepsOf } from "./lifecycle.js";
import { observeStage, STAGE_STATUSES } from "./stage-observation.js";

type Status = (typeof STAGE_STATUSES)[number];

/** RG-4.3-2: the stages of a pipeline go from status to status as they may. Retries are a SHOULD finding. */
export const stageTransitions: MplpLogRule<number> = {
  evidence: "log",
  id: "stage-transitions",
  clauses: ["RG-4.3-2"],
  title: "Stage transitions are legal",
  why: "A completed or skipped stage that moves again contradicts what everyone has read about it.",
  fix: "Run a stage again under a new stage_id or a new pipeline_id, and emit each status once it is reached.",
  store: "columns",
  order: "causal",
  atLeast: 2,
  observe: observeStage,
  judge: (_stage, observations, { emit }) => {
    for (const step of stepsOf(historyOf(observations), STAGE_STATUSES)) {
      const complaint = complaintOf(step);
      if (complaint !== undefined) emit({ ...complaint, ...placeOfStep(step), pointer: "/stage_status" });
    }
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
