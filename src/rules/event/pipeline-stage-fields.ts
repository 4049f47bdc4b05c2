import type { MplpEventRule } from "../shared/define.js";
import { familyFields } from "../shared/event/family-fields.js";

/** PS-6.1-1: a pipeline_stage carries pipeline_id (UUID v4), stage_id (not empty) and stage_status. */
export const pipelineStageFields: MplpEventRule = {
  ...familyFields("pipeline_stage", "PS-6.1-1", ["stage_status"]),
  id: "pipeline-stage-fields",
  title: "pipeline_stage carries its fields",
  why: "A stage is identified by its pipeline's id and its own; a run name in place of a UUID v4 is no protocol identifier.",
  fix: "Give each pipeline instance a UUID v4 as pipeline_id and keep a readable run name in a field of your own; set stage_id and stage_status.",
};
