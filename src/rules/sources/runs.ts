import { baseColumn, oneOf } from "../shared/source/columns.js";
import { eventTime, ids, uuid } from "../shared/source/fields.js";
import { source } from "../shared/source/source.js";

/** The statuses of tool invocations and CI runs (IS 3). */
export const RUN_STATUSES = ["pending", "running", "succeeded", "failed", "cancelled"] as const;

const columns = { base: baseColumn, status: oneOf("status", RUN_STATUSES) };

export const toolRuns = source({
  of: "tool_event",
  key: uuid("invocation_id"),
  columns,
  at: eventTime,
  once: "delivery",
  keep: "history",
});

export const ciRuns = source({
  of: "ci_event",
  key: ids("ci_provider", "pipeline_id", "run_id"),
  columns,
  at: eventTime,
  once: "delivery",
  keep: "history",
});
