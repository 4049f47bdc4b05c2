import type { ClauseId } from "../clauses/clauses.js";

/** One condition of `when:`; an invariant applies if all of its conditions hold. */
export type InvariantCondition =
  | { readonly field: string; readonly equals: string }
  | { readonly field: string; readonly exists: true };

const family = (name: string): readonly InvariantCondition[] => [{ field: "event_family", equals: name }];
const sample = (name: string): readonly InvariantCondition[] => [{ field: "sample_family", equals: name }];
const present = (field: string): readonly InvariantCondition[] => [{ field, exists: true }];

/**
 * Conditions that the official files state in prose notes, by invariant id (spec-conflicts ). They apply to
 * these ids whatever the notes say.
 */
export const CONDITIONS: ReadonlyMap<string, readonly InvariantCondition[]> = new Map([
  ["obs_pipeline_event_has_pipeline_id", family("pipeline_stage")],
  ["obs_pipeline_stage_id_non_empty", family("pipeline_stage")],
  ["obs_pipeline_stage_status_valid", family("pipeline_stage")],
  ["obs_graph_event_has_graph_id", family("graph_update")],
  ["obs_graph_update_kind_valid", family("graph_update")],
  ["obs_runtime_event_has_execution_id", family("runtime_execution")],
  ["obs_runtime_executor_kind_valid", family("runtime_execution")],
  ["obs_runtime_status_valid", family("runtime_execution")],
  ["integration_tool_started_at_iso", present("started_at")],
  ["integration_ci_started_at_iso", present("started_at")],
  ["integration_ci_completed_at_iso", present("completed_at")],
  ["learning_sample_feedback_label_valid", present("meta.human_feedback_label")],
  ["learning_sample_source_flow_non_empty", present("meta.source_flow_id")],
  ["learning_intent_has_intent_id", sample("intent_resolution")],
  [
    "learning_intent_quality_label_valid",
    [...sample("intent_resolution"), ...present("output.resolution_quality_label")],
  ],
  ["learning_delta_has_delta_id", sample("delta_impact")],
  ["learning_delta_scope_valid", sample("delta_impact")],
  ["learning_delta_risk_valid", [...sample("delta_impact"), ...present("state.risk_level")]],
]);

/**
 * Invariants that a clause needs because the schemas do not cover it. If a run replaces the bundled files and lacks
 * one, the clause is inconclusive.
 */
export const NEEDED_INVARIANTS: readonly (readonly [id: string, clause: ClauseId])[] = [
  ["obs_event_id_is_uuid", "PS-4.1-2"],
  ["obs_event_type_non_empty", "PS-4.1-4"],
  ["obs_graph_event_has_graph_id", "PS-5.1-1"],
  ["obs_pipeline_event_has_pipeline_id", "PS-6.1-1"],
  ["obs_pipeline_stage_id_non_empty", "PS-6.1-1"],
  ["obs_runtime_event_has_execution_id", "PS-7.1-1"],
  ["integration_tool_event_id_non_empty", "IS-4.3-2"],
  ["integration_tool_kind_valid", "IS-4.3-2"],
  ["integration_tool_invocation_id_uuid", "IS-4.3-2"],
  ["integration_tool_status_valid", "IS-4.3-2"],
  ["integration_tool_started_at_iso", "IS-4.3-2"],
  ["integration_file_path_non_empty", "IS-4.3-2"],
  ["integration_file_change_type_valid", "IS-4.3-2"],
  ["integration_file_timestamp_iso", "IS-4.3-2"],
  ["integration_git_repo_url_non_empty", "IS-4.3-2"],
  ["integration_git_commit_id_non_empty", "IS-4.3-2"],
  ["integration_git_ref_name_non_empty", "IS-4.3-2"],
  ["integration_git_event_kind_valid", "IS-4.3-2"],
  ["integration_git_timestamp_iso", "IS-4.3-2"],
  ["integration_ci_provider_non_empty", "IS-4.3-2"],
  ["integration_ci_pipeline_id_non_empty", "IS-4.3-2"],
  ["integration_ci_run_id_non_empty", "IS-4.3-2"],
  ["integration_ci_status_valid", "IS-4.3-2"],
  ["integration_ci_started_at_iso", "IS-4.3-2"],
  ["integration_ci_completed_at_iso", "IS-4.3-2"],
  ["learning_sample_id_is_uuid", "RG-4.4-1"],
  ["learning_sample_family_non_empty", "RG-4.4-1"],
  ["learning_sample_source_flow_non_empty", "RG-4.4-1"],
  ["learning_intent_has_intent_id", "RG-4.4-1"],
  ["learning_delta_has_delta_id", "RG-4.4-1"],
];

const SAID_BY_SCHEMAS_TOO = [
  "obs_event_family_valid",
  "obs_timestamp_iso_format",
  "obs_pipeline_stage_status_valid",
  "obs_graph_update_kind_valid",
  "obs_runtime_executor_kind_valid",
  "obs_runtime_status_valid",
  "learning_sample_created_at_iso",
  "learning_sample_has_input_section",
  "learning_sample_has_output_section",
  "learning_sample_feedback_label_valid",
  "learning_intent_quality_label_valid",
  "learning_delta_scope_valid",
  "learning_delta_risk_valid",
];

const OFFICIAL: ReadonlySet<string> = new Set([
  ...NEEDED_INVARIANTS.map(([id]) => id),
  ...SAID_BY_SCHEMAS_TOO,
]);

/** True for the protocol's own invariants; a user's own never change a verdict. */
export function isOfficialInvariant(id: string): boolean {
  return OFFICIAL.has(id);
}
