import { likelyRenamesIn, renamesIn, type Vocabulary, vocabularyOf } from "../../model/spelling.js";
import type { IntegrationKind, JsonObject, Rename } from "../../model/subject.js";
import { DISCRIMINATING, fieldsOf, INTEGRATION_KINDS } from "../fields/integration-fields.js";

/**
 * Names of a kind's fields elsewhere: in webhooks and variables of GitHub and GitLab, in build servers, in editors.
 */
const OTHER_WORDS: Readonly<Record<IntegrationKind, Readonly<Record<string, readonly string[]>>>> = {
  tool_event: {
    tool_id: ["tool", "tool_name", "name", "command"],
    tool_kind: ["tool_type", "kind", "type", "category"],
    invocation_id: ["call_id", "tool_call_id", "tool_use_id", "invocation", "request_id", "id"],
    status: ["state", "result", "outcome", "conclusion"],
    exit_code: ["exit_status", "code", "return_code"],
    output_summary: ["output", "stdout", "summary"],
    args: ["arguments", "argv", "input"],
    working_directory: ["cwd", "workdir"],
  },
  file_update_event: {
    file_path: ["path", "filename", "file", "file_name", "uri", "new_path"],
    change_type: ["change", "change_kind", "type", "action", "kind", "operation", "event"],
    timestamp: ["time", "ts", "date", "changed_at", "updated_at", "mtime"],
    previous_path: ["old_path", "previous_filename", "from"],
    lines_added: ["additions", "added"],
    lines_removed: ["deletions", "removed"],
  },
  git_event: {
    repo_url: [
      "repository",
      "repo",
      "repository_url",
      "clone_url",
      "remote_url",
      "remote",
      "html_url",
      "url",
      "project",
    ],
    commit_id: [
      "sha",
      "commit",
      "commit_sha",
      "commit_hash",
      "head_sha",
      "after",
      "checkout_sha",
      "head_commit",
      "hash",
    ],
    ref_name: ["ref", "branch", "branch_name", "head_ref", "head_branch", "tag"],
    event_kind: ["action", "type", "kind", "operation", "event_name", "object_kind", "event"],
    timestamp: ["time", "ts", "date", "committed_at", "created_at", "pushed_at"],
    author_name: ["author", "user_name", "committer", "pusher"],
    author_email: ["email", "user_email"],
    commit_message: ["message", "title"],
    parent_commits: ["parents", "before"],
  },
  ci_event: {
    ci_provider: ["provider", "ci", "platform", "source"],
    pipeline_id: [
      "workflow",
      "workflow_id",
      "workflow_name",
      "pipeline",
      "pipeline_name",
      "job",
      "job_name",
      "name",
    ],
    run_id: [
      "run",
      "run_number",
      "workflow_run",
      "workflow_run_id",
      "build",
      "build_id",
      "build_number",
      "job_id",
      "id",
    ],
    status: ["conclusion", "state", "result", "outcome"],
    duration_ms: ["duration"],
    branch_name: ["branch", "head_branch", "ref", "ref_name"],
    commit_id: ["sha", "commit", "head_sha", "commit_sha"],
    run_url: ["html_url", "url", "build_url"],
    trigger_kind: ["event", "trigger", "event_name"],
  },
};

function ofEachKind(
  make: (kind: IntegrationKind) => Vocabulary,
): Readonly<Record<IntegrationKind, Vocabulary>> {
  return Object.fromEntries(INTEGRATION_KINDS.map((kind) => [kind, make(kind)])) as Record<
    IntegrationKind,
    Vocabulary
  >;
}

/** The discriminating fields in other spellings. */
const SPELLINGS = ofEachKind((kind) => vocabularyOf(DISCRIMINATING[kind]));

/** Those of all kinds: few records of other programs have two of them. */
const ANY_SPELLINGS = vocabularyOf([...new Set(INTEGRATION_KINDS.flatMap((kind) => DISCRIMINATING[kind]))]);

/** All fields in other spellings and words. */
const WORDS = ofEachKind((kind) => vocabularyOf(fieldsOf(kind), OTHER_WORDS[kind]));

/** The fields of a kind that a value has in another spelling or in other words. */
export function renamedFields(kind: IntegrationKind, value: JsonObject): readonly Rename[] {
  return renamesIn(value, WORDS[kind]);
}

/** The same, with misspelled names. */
export function likelyRenamedFields(kind: IntegrationKind, value: JsonObject): readonly Rename[] {
  return likelyRenamesIn(value, WORDS[kind]);
}

/** True if a value has the discriminating fields of a kind, at least two of them in another spelling. */
export function isRespelledIntegration(value: JsonObject): boolean {
  if (renamesIn(value, ANY_SPELLINGS).length < 2) return false;
  return INTEGRATION_KINDS.some((kind) => {
    const renames = respelledFields(kind, value);
    const has = (field: string): boolean =>
      value[field] !== undefined || renames.some((rename) => rename.field === field);
    return renames.length >= 2 && DISCRIMINATING[kind].every(has);
  });
}

/** The discriminating fields of a kind that a value has in another spelling. */
export function respelledFields(kind: IntegrationKind, value: JsonObject): readonly Rename[] {
  return renamesIn(value, SPELLINGS[kind]);
}
