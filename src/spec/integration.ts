import {
  type IntegrationFacet,
  type IntegrationKind,
  isJsonObject,
  type JsonObject,
  type PayloadFault,
  type Rename,
} from "../model/subject.js";
import { intendedFamily, isEventFamily, looksLikeEvent } from "./families.js";
import { renamesIn, type Vocabulary, vocabularyOf } from "./spelling.js";

/** The fields by which the four integration kinds are told apart, of those their schemas require. */
const DISCRIMINATING: Readonly<Record<IntegrationKind, readonly string[]>> = {
  tool_event: ["tool_id", "tool_kind", "invocation_id"],
  file_update_event: ["file_path", "change_type"],
  git_event: ["repo_url", "commit_id", "ref_name", "event_kind"],
  ci_event: ["ci_provider", "pipeline_id", "run_id"],
};

/** What else their schemas require, shared with other objects and so no sign of a kind by itself. */
const ALSO_REQUIRED: Readonly<Record<IntegrationKind, readonly string[]>> = {
  tool_event: ["status"],
  file_update_event: ["timestamp"],
  git_event: ["timestamp"],
  ci_event: ["status"],
};

/** What their schemas allow besides. */
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

/** The names that event_type has for each kind (IS 4.3), without separators and capitals. */
const TYPE_NAMES: ReadonlyMap<string, IntegrationKind> = new Map([
  ["toolevent", "tool_event"],
  ["toolexecution", "tool_event"],
  ["toolexecutionevent", "tool_event"],
  ["fileupdateevent", "file_update_event"],
  ["fileupdate", "file_update_event"],
  ["gitevent", "git_event"],
  ["gitoperation", "git_event"],
  ["gitoperationevent", "git_event"],
  ["cievent", "ci_event"],
  ["cipipeline", "ci_event"],
  ["cipipelineevent", "ci_event"],
]);

const LONGEST_TYPE_NAME = 32;

export const INTEGRATION_KINDS = Object.keys(DISCRIMINATING) as readonly IntegrationKind[];

/** One field of each kind that none of its complete events lacks. */
export const LEADING_FIELDS: readonly string[] = INTEGRATION_KINDS.flatMap((kind) =>
  DISCRIMINATING[kind].slice(0, 1),
);

/** The fields that the schema of a kind requires. */
export function requiredFields(kind: IntegrationKind): readonly string[] {
  return [...DISCRIMINATING[kind], ...ALSO_REQUIRED[kind]];
}

/** The kind that an event_type names, in whatever case style (FileUpdateEvent, file-update, GIT_EVENT). */
export function kindNamed(eventType: unknown): IntegrationKind | undefined {
  if (typeof eventType !== "string" || eventType.length > LONGEST_TYPE_NAME) return undefined;
  return TYPE_NAMES.get(eventType.toLowerCase().replace(/[\s._:/-]/g, ""));
}

/** The integration event in an event's payload, if the payload is one, or is said to be one (IS 4.3, 5.1). */
export function payloadFacet(event: JsonObject): IntegrationFacet | undefined {
  const { payload, event_family: family } = event;
  const isOther = isEventFamily(family) && family !== "external_integration";
  const named = isOther ? undefined : kindNamed(event.event_type);
  if (!isJsonObject(payload)) return named === undefined ? undefined : claimedFacet(event, named);
  if (isOther && LEADING_FIELDS.every((field) => payload[field] === undefined)) return undefined;
  const kind = kindOf(payload, event.event_type);
  if (kind !== undefined) return toldFacet(event, payload, kind);
  const claimed = isOther ? undefined : (respelledKind(payload, named) ?? named);
  return claimed === undefined ? undefined : claimedFacet(event, claimed);
}

/** A payload that has the fields of a kind. */
function toldFacet(
  { event_family: family }: JsonObject,
  payload: JsonObject,
  kind: IntegrationKind,
): IntegrationFacet | undefined {
  const isKnown = isEventFamily(family);
  if (family === "external_integration") return wrapped(kind, payload, family);
  // Other families have payloads of their own shape: only a complete integration event is one.
  if (!(!isKnown && isMeantForIntegration(family)) && !isComplete(kind, payload)) return undefined;
  return wrapped(kind, payload, isKnown ? "other-family" : "misspelled-family");
}

/** What is no integration event by its fields, but by its event_type or by their words: in that family only. */
function claimedFacet(event: JsonObject, kind: IntegrationKind): IntegrationFacet | undefined {
  const { payload, event_family: family, event_type: eventType } = event;
  const isOwn = family === "external_integration";
  if (!isOwn && !isMeantForIntegration(family)) return undefined;
  const fault = faultOf(payload, kind, eventType);
  const value = isJsonObject(payload) ? payload : NOTHING;
  return { ...wrapped(kind, value, isOwn ? family : "misspelled-family"), fault };
}

const NOTHING: JsonObject = {};

function isMeantForIntegration(family: unknown): boolean {
  return typeof family === "string" && intendedFamily(family) === "external_integration";
}

/**
 * The record itself, where it is an integration event without an envelope. Beside fields of other
 * events only a complete one is: "two fields of a CI event" may be fields of a pipeline stage.
 */
export function bareFacet(value: JsonObject): IntegrationFacet | undefined {
  const kind = kindOf(value, undefined);
  if (kind === undefined || (looksLikeEvent(value) && !isComplete(kind, value))) return undefined;
  return { kind, value, base: "", wrapping: "bare" };
}

/** The kind of which an object has all that the schema requires, whatever else it has. */
export function completeKindOf(value: JsonObject): IntegrationKind | undefined {
  return INTEGRATION_KINDS.find((kind) => isComplete(kind, value));
}

function wrapped(
  kind: IntegrationKind,
  value: JsonObject,
  wrapping: IntegrationFacet["wrapping"],
): IntegrationFacet {
  return { kind, value, base: "/payload", wrapping };
}

/** Two discriminating fields make a kind, or one where event_type names the kind. */
function kindOf(value: JsonObject, eventType: unknown): IntegrationKind | undefined {
  return bestKind(kindNamed(eventType), (kind) => {
    let present = 0;
    for (const field of DISCRIMINATING[kind]) if (value[field] !== undefined) present++;
    return present;
  });
}

/** The same where the fields may be in another spelling. */
function respelledKind(value: JsonObject, named: IntegrationKind | undefined): IntegrationKind | undefined {
  return bestKind(named, (kind) => {
    const respelled = renamesIn(value, SPELLINGS[kind]).length;
    return respelled + DISCRIMINATING[kind].filter((field) => value[field] !== undefined).length;
  });
}

function bestKind(
  named: IntegrationKind | undefined,
  fieldsOf: (kind: IntegrationKind) => number,
): IntegrationKind | undefined {
  let best: IntegrationKind | undefined;
  let bestScore = 0;
  for (const kind of INTEGRATION_KINDS) {
    const present = fieldsOf(kind);
    const score = present === 0 ? 0 : present + (kind === named ? 1 : 0);
    if (score > bestScore) {
      best = kind;
      bestScore = score;
    }
  }
  return bestScore >= 2 ? best : undefined;
}

function isComplete(kind: IntegrationKind, value: JsonObject): boolean {
  for (const field of DISCRIMINATING[kind]) if (value[field] === undefined) return false;
  return ALSO_REQUIRED[kind].every((field) => value[field] !== undefined);
}

function faultOf(payload: unknown, kind: IntegrationKind, eventType: unknown): PayloadFault {
  if (payload === undefined) return "missing";
  if (!isJsonObject(payload)) return "not-an-object";
  if (Object.keys(payload).length === 0) return "empty";
  if (respelledKind(payload, kind) === kind) return "other-spelling";
  if (Object.values(payload).some((member) => isIntegrationEvent(member, eventType))) return "wrapped-again";
  return renamedFields(kind, payload).length > 0 ? "other-words" : "other-fields";
}

/** Whether a member is an integration event, or a list of them. */
function isIntegrationEvent(member: unknown, eventType: unknown): boolean {
  const value: unknown = Array.isArray(member) ? member[0] : member;
  if (!isJsonObject(value)) return false;
  return (kindOf(value, eventType) ?? respelledKind(value, kindNamed(eventType))) !== undefined;
}

/** The fields of a kind that a value has under another name: in another spelling, or in other words. */
export function renamedFields(kind: IntegrationKind, value: JsonObject): readonly Rename[] {
  return renamesIn(value, WORDS[kind]);
}

/** What others call the fields of a kind: GitHub and GitLab in webhooks and variables, build servers, editors. */
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

/** All fields in other spellings and words. */
const WORDS = ofEachKind((kind) =>
  vocabularyOf([...requiredFields(kind), ...OPTIONAL[kind]], OTHER_WORDS[kind]),
);
