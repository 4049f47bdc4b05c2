import { alone } from "./defect.mjs";
import {
  changed,
  changedPayload,
  isCi,
  isIntegration,
  isOfType,
  isSave,
  isTool,
  isWrapped,
} from "./events.mjs";

const ABSOLUTE = ["/srv/shop/", "C:\\shop\\", "file:///srv/shop/", "\\\\files\\shop\\"];

/** Defects that an integration event shows by itself. */
export const INTEGRATION_DEFECTS = [
  alone(
    "unknown tool_kind",
    ["integration-schema", "IS-4.3-1 IS-4.3-2", "MUST", "/payload/tool_kind"],
    isTool("running"),
    changedPayload({ tool_kind: "compiler" }),
  ),
  alone(
    "tool_id is blank",
    ["integration-invariants", "IS-4.3-2", "MUST", "/payload/tool_id"],
    isTool("running"),
    changedPayload({ tool_id: "  " }),
  ),
  alone(
    "member that the schema does not allow",
    ["integration-schema", "IS-4.3-1", "MUST", "/payload/content_hash"],
    isSave,
    changedPayload((_event, random) => ({ content_hash: random.hex(64) })),
  ),
  alone(
    "ref_name is empty",
    ["integration-schema", "IS-4.3-1 IS-4.3-2", "MUST", "/payload/ref_name"],
    isOfType("git_operation"),
    changedPayload({ ref_name: "" }),
  ),
  alone(
    "unknown CI status",
    ["integration-schema", "IS-4.3-1 IS-4.3-2", "MUST", "/payload/status"],
    isCi("pending"),
    changedPayload({ status: "queued" }),
  ),
  alone(
    "run_url is relative",
    ["integration-schema", "IS-4.3-1", "SHOULD", "/payload/run_url"],
    isCi("running"),
    changedPayload({ run_url: "runs/latest" }),
  ),
  alone(
    "bad time in the payload",
    ["integration-schema", "IS-4.3-1 IS-4.3-2", "MUST", "/payload/timestamp"],
    isSave,
    changedPayload({ timestamp: "yesterday" }),
  ),
  alone(
    "source is missing",
    ["adapter-source", "IS-13.1-2", "SHOULD", "/source"],
    isIntegration,
    changed({ source: undefined }),
  ),
  alone(
    "wrapped in another family",
    ["integration-wrapped", "IS-4.3-3", "SHOULD", "/event_family"],
    isIntegration,
    changed({ event_family: "intent" }),
  ),
  alone(
    "not wrapped",
    ["integration-wrapped", "IS-4.3-3", "SHOULD", ""],
    isOfType("file_update"),
    ({ payload }) => payload,
  ),
  alone(
    "payload of no known kind",
    ["integration-kind-known", "IS-4.3-1", "NOTE", "/payload"],
    isOfType("file_update"),
    changed({ event_type: "webhook_received", payload: { topic: "orders", attempts: 1 } }),
  ),
  alone(
    "absolute path",
    ["workspace-relative-path", "IS-7.1-1", "SHOULD", "/payload/file_path"],
    isSave,
    changedPayload((event, random) => ({ file_path: random.pick(ABSOLUTE) + event.payload.file_path })),
  ),
  alone(
    "absolute working directory",
    ["workspace-relative-path", "IS-7.1-1", "NOTE", "/payload/working_directory"],
    isTool("running"),
    changedPayload({ working_directory: "/srv/shop" }),
  ),
  alone(
    "parent folder in a path",
    ["safe-path", "IS-13.2-3", "SHOULD", "/payload/file_path"],
    isSave,
    changedPayload((event) => ({ file_path: `../${event.payload.file_path}` })),
  ),
  alone(
    "NUL in a path",
    ["safe-path", "IS-13.2-3", "SHOULD", "/payload/file_path"],
    isSave,
    changedPayload((event) => ({ file_path: `${event.payload.file_path}\0.txt` })),
  ),
  alone(
    "end without completed_at",
    ["integration-times", "IS-3-1", "SHOULD", "/payload/completed_at"],
    isTool("succeeded"),
    changedPayload({ completed_at: undefined }),
  ),
  alone(
    "completed before it started",
    ["integration-times", "IS-3-1", "SHOULD", "/payload/completed_at"],
    isTool("succeeded"),
    changedPayload({ completed_at: "2025-12-31T23:59:59Z" }),
  ),
  alone(
    "duration_ms is wrong",
    ["integration-times", "IS-3-1", "SHOULD", "/payload/duration_ms"],
    isCi("succeeded"),
    changedPayload((event) => ({ duration_ms: event.payload.duration_ms / 1000 })),
  ),
  alone(
    "rename without previous_path",
    ["integration-times", "IS-3-1", "SHOULD", "/payload/previous_path"],
    isWrapped("file_update", "change_type", "renamed"),
    changedPayload({ previous_path: undefined }),
  ),
  alone(
    "password in a URL",
    ["no-secrets", "IS-7.1-2", "SHOULD", "/payload/repo_url"],
    isOfType("git_operation"),
    changedPayload((_event, random) => ({
      repo_url: `https://deploy:${random.hex(32)}@git.example.com/acme/shop.git`,
    })),
  ),
  alone(
    "token in an argument",
    ["no-secrets", "IS-7.1-2", "SHOULD", "/payload/args/1"],
    isTool("pending"),
    changedPayload((_event, random) => ({ args: ["--auth-token", `ghp_${random.hex(36)}`] })),
  ),
];
