import type { MplpEventRule } from "../shared/define.js";
import { familyFields } from "../shared/event/family-fields.js";

/** PS-7.1-1: a runtime_execution carries execution_id (UUID v4), executor_kind and status. */
export const runtimeExecutionFields: MplpEventRule = {
  ...familyFields("runtime_execution", "PS-7.1-1", ["executor_kind", "status"]),
  id: "runtime-execution-fields",
  title: "runtime_execution carries its fields",
  why: "The execution's id is what ties its start to its end.",
  fix: "Set execution_id (a UUID v4, the same for all events of one execution), executor_kind and status.",
};
