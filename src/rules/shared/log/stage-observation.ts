import type { Examined, Observed } from "../../../model/rule.js";
import { historyEntry } from "./history.js";
import { statusNumber } from "./lifecycle.js";

/** The statuses of a stage (PS 6.2), by the numbers under which they are kept. */
export const STAGE_STATUSES = ["pending", "running", "completed", "failed", "skipped"] as const;

/** Keeps the status of a stage by pipeline and stage. */
export function observeStage(examined: Examined): Observed<number> | undefined {
  const { subject, event } = examined;
  if (subject.kind !== "event" || subject.family !== "pipeline_stage") return undefined;
  const { pipeline_id: pipeline, stage_id: stage, stage_status: status } = event;
  return historyEntry(examined, [pipeline, stage], statusNumber(STAGE_STATUSES, status));
}
