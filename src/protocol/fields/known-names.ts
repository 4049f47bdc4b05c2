/** Member names in the protocol and its documents, besides those of events. */
const OF_SAMPLES = `human_feedback_label delta_type comp_plan_required impact_scope plan_step_count constraints_summary
  rollback_used resolution_quality_label dialog_turns_count comp_plan_applied source_flow_id final_intent_summary
  risk_level clarification_rounds predicted_vs_actual_accuracy raw_request_summary delta_id affected_artifact_count
  intent_id psg_node_count actual_impact_summary quality_score psg_complexity_score existing_plan_count
  source_event_ids impact_analysis_duration_ms ambiguity_flags project_phase`;
const OF_MAPPINGS = `$schema mplp runtime name version vendor modules components access areas area ownership events family
  level learning reason notes attestations clause statement evidence context plan confirm trace role extension dialog
  collab core network psg_runtime pipeline_controller`;
const OF_SNAPSHOTS = `snapshot_id captured_at node_count edge_count nodes edges id node_id edge_id from to from_id to_id
  source target source_id target_id type kind label`;

/** See `Protocol.names`. */
export const KNOWN_NAMES: ReadonlySet<string> = new Set(
  [OF_SAMPLES, OF_MAPPINGS, OF_SNAPSHOTS].flatMap((names) => names.split(/\s+/)),
);
