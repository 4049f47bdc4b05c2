import { oneOf } from "../shared/source/columns.js";
import { eventTime, uuid } from "../shared/source/fields.js";
import { source } from "../shared/source/source.js";

export const EXECUTION_STATUSES = ["pending", "running", "completed", "failed", "cancelled"] as const;
export const EXECUTOR_KINDS = ["agent", "tool", "llm", "worker", "external"] as const;

export const executions = source({
  of: "runtime_execution",
  key: uuid("execution_id"),
  columns: {
    kind: oneOf("executor_kind", EXECUTOR_KINDS),
    status: oneOf("status", EXECUTION_STATUSES),
  },
  at: eventTime,
  once: "delivery",
  keep: "history",
});
