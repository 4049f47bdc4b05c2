import type { IntegrationKind } from "../../model/subject.js";

/** The required fields that distinguish the four integration kinds. */
export const DISCRIMINATING: Readonly<Record<IntegrationKind, readonly string[]>> = {
  tool_event: ["tool_id", "tool_kind", "invocation_id"],
  file_update_event: ["file_path", "change_type"],
  git_event: ["repo_url", "commit_id", "ref_name", "event_kind"],
  ci_event: ["ci_provider", "pipeline_id", "run_id"],
};

/** Other required fields. They occur in other objects too, so they do not show a kind alone. */
export const ALSO_REQUIRED: Readonly<Record<IntegrationKind, readonly string[]>> = {
  tool_event: ["status"],
  file_update_event: ["timestamp"],
  git_event: ["timestamp"],
  ci_event: ["status"],
};

/** Fields that the schemas allow besides. */
const OPTIONAL: Readonly<Record<IntegrationKind, readonly string[]>> = {
  tool_event: ["started_at", "completed_at", "exit_code", "output_summary", "args", "working_directory"],
  file_update_event: [
    "workspace_root",
    "previous_path",
    "change_summary",
    "lines_added",
    "lines_removed",
    "encoding",
    "language",
  ],
  git_event: [
    "author_name",
    "author_email",
    "commit_message",
    "files_changed",
    "insertions",
    "deletions",
    "parent_commits",
  ],
  ci_event: [
    "started_at",
    "completed_at",
    "duration_ms",
    "branch_name",
    "commit_id",
    "run_url",
    "trigger_kind",
    "stages",
  ],
};

export const INTEGRATION_KINDS = Object.keys(DISCRIMINATING) as readonly IntegrationKind[];

/** One field of each kind that all its complete events have. */
export const LEADING_FIELDS: readonly string[] = INTEGRATION_KINDS.flatMap((kind) =>
  DISCRIMINATING[kind].slice(0, 1),
);

/** The fields that the schema of a kind requires. */
export function requiredFields(kind: IntegrationKind): readonly string[] {
  return [...DISCRIMINATING[kind], ...ALSO_REQUIRED[kind]];
}

/** All fields that the schema of a kind knows. */
export function fieldsOf(kind: IntegrationKind): readonly string[] {
  return [...requiredFields(kind), ...OPTIONAL[kind]];
}
