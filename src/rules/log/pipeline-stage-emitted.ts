import { logRule } from "../shared/define.js";
import { familiesEmitted } from "../shared/log/families-emitted.js";

/** PS-4.2-3: a runtime emits pipeline_stage events. */
export const pipelineStageEmitted = logRule({
  ...familiesEmitted(["pipeline_stage"], "PS-4.2-3"),
  id: "pipeline-stage-emitted",
  title: "pipeline_stage events are emitted",
  why: "The family is required: without it, the log says nothing about the runtime's pipelines.",
  fix: "Emit a pipeline_stage for every transition of a stage, or check the log that holds them too.",
});
