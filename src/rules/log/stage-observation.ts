import type { Examined, Observed } from "../../model/rule.js";
import { instantOf } from "../../spec/instant.js";
import { statusNumber } from "./lifecycle.js";

/** The statuses of a stage (PS 6.2), by the numbers under which they are kept. */
export const STAGE_STATUSES = ["pending", "running", "completed", "failed", "skipped"] as const;

/** Keeps the status of a stage by pipeline and stage; events whose ids or status cannot be read are left out. */
export function observeStage({ subject, event }: Examined): Observed<number> | undefined {
  if (subject.kind !== "event" || subject.family !== "pipeline_stage") return undefined;
  const { pipeline_id: pipeline, stage_id: stage, stage_status: status } = event;
  if (typeof pipeline !== "string" || typeof stage !== "string") return undefined;
  const value = statusNumber(STAGE_STATUSES, status);
  if (value < 0) return undefined;
  const instant = instantOf(event.timestamp);
  return { key: `${pipeline} ${stage}`, value, ...(instant !== undefined && { instant }) };
}
