import type { MplpEventRule } from "../shared/define.js";
import { familyEnum } from "../shared/event/family-fields.js";

/** PS-7.2-1: executor_kind is one of the five values. */
export const executorKindKnown: MplpEventRule = {
  ...familyEnum("runtime_execution", "PS-7.2-1", "executor_kind"),
  id: "executor-kind-known",
  title: "executor_kind is one of the five",
  why: "The kind distinguishes agents, tools and models; an unknown kind says nothing.",
  fix: "Use agent, tool, llm, worker or external.",
};
