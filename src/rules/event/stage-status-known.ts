import type { MplpEventRule } from "../shared/define.js";
import { familyEnum } from "../shared/event/family-fields.js";

/** PS-6.2-1: stage_status is one of the five values. */
export const stageStatusKnown: MplpEventRule = {
  ...familyEnum("pipeline_stage", "PS-6.2-1", "stage_status"),
  id: "stage-status-known",
  title: "stage_status is one of the five",
  why: "A stage's history is read from these words; another vocabulary cannot be followed.",
  fix: "Map your own words to pending, running, completed, failed or skipped before you emit the event.",
};
