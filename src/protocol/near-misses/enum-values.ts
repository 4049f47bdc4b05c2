import { nearest } from "../../model/nearest.js";

type Aliases = Readonly<Record<string, string>>;

const STARTED: Aliases = {
  in_progress: "running",
  started: "running",
  active: "running",
  executing: "running",
};
const WAITING: Aliases = { queued: "pending", waiting: "pending", scheduled: "pending", created: "pending" };
const BROKEN: Aliases = {
  error: "failed",
  errored: "failed",
  failure: "failed",
  timeout: "failed",
  timed_out: "failed",
};
const DONE = ["success", "succeeded", "completed", "complete", "done", "ok", "finished", "passed"];

const toward = (target: string, words: readonly string[]): Aliases =>
  Object.fromEntries(words.filter((word) => word !== target).map((word) => [word, target]));

const STOPPED: Aliases = toward("cancelled", ["canceled", "aborted", "stopped", "interrupted"]);

const INTEGRATION_STATUS: Aliases = {
  ...STARTED,
  ...WAITING,
  ...BROKEN,
  ...STOPPED,
  ...toward("succeeded", DONE),
};

/**
 * Values of each enumerated field in other vocabularies. Stages, executions and integration events have different
 * status words, so each field has its own table.
 */
const ALIASES: Readonly<Record<string, Aliases>> = {
  stage_status: {
    ...STARTED,
    ...WAITING,
    ...BROKEN,
    ...toward("completed", DONE),
    ...toward("skipped", ["ignored", "not_run"]),
  },
  status: {
    ...STARTED,
    ...WAITING,
    ...BROKEN,
    ...STOPPED,
    ...toward("completed", DONE),
    approved: "completed",
  },
  "tool_event status": INTEGRATION_STATUS,
  "ci_event status": INTEGRATION_STATUS,
  executor_kind: {
    model: "llm",
    ai: "llm",
    function: "tool",
    plugin: "tool",
    service: "external",
    job: "worker",
  },
  update_kind: {
    ...toward("node_add", ["add_node", "node_create", "node_created", "node_added", "create_node"]),
    ...toward("node_update", ["update_node", "node_updated", "node_modify"]),
    ...toward("node_delete", ["delete_node", "node_deleted", "node_remove", "node_removed", "remove_node"]),
    ...toward("edge_add", ["add_edge", "edge_create", "edge_created", "edge_added", "create_edge"]),
    ...toward("edge_update", ["update_edge", "edge_updated", "edge_modify"]),
    ...toward("edge_delete", ["delete_edge", "edge_deleted", "edge_remove", "edge_removed", "remove_edge"]),
    ...toward("bulk", ["batch", "multiple", "bulk_update"]),
  },
  change_type: {
    ...toward("created", ["added", "add", "create", "new"]),
    ...toward("modified", ["changed", "change", "update", "updated", "modify", "saved"]),
    ...toward("deleted", ["removed", "remove", "delete"]),
    ...toward("renamed", ["moved", "move", "rename"]),
  },
  tool_kind: {
    ...toward("linter", ["lint", "linting"]),
    ...toward("formatter", ["format", "formatting"]),
    ...toward("test_runner", ["test", "tests", "tester", "testing"]),
    ...toward("generator", ["codegen", "generate"]),
  },
};

const SPECIAL: Readonly<Record<string, string>> = {
  "stage_status cancelled": 'a stage has no cancelled status: use "failed", or "skipped" where it never ran',
  "stage_status canceled": 'a stage has no cancelled status: use "failed", or "skipped" where it never ran',
  "status skipped": 'an execution has no skipped status: emit no event for it, or use "cancelled"',
  "executor_kind human":
    "a person is not an executor kind: record the decision in another family, or use external",
  "ci_event status skipped": "only the entries of stages may be skipped, not the run itself",
  "ci_event status success":
    'map the status before emitting: GitHub Actions says "success", MPLP says "succeeded"',
  "ci_event status failure":
    'map the status before emitting: GitHub Actions says "failure", MPLP says "failed"',
};

/**
 * The right enum value to write. The text never contains the wrong value: so equal advice groups, and no input is
 * echoed.
 *
 * @param field the field's name; for tool and CI events "tool_event status", "ci_event status"
 */
export function enumHint(field: string, value: unknown, allowed: readonly string[]): string | undefined {
  if (typeof value !== "string") return undefined;
  const word = value
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  const special = `${field} ${word}`;
  if (Object.hasOwn(SPECIAL, special)) return SPECIAL[special];
  const aliases = ALIASES[field];
  const alias = aliases !== undefined && Object.hasOwn(aliases, word) ? aliases[word] : undefined;
  const meant = alias !== undefined && allowed.includes(alias) ? alias : nearest(value, allowed);
  return meant === undefined ? undefined : `did you mean "${meant}"?`;
}
