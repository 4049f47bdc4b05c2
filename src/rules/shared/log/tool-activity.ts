import type { Examined } from "../../../model/rule.js";

const EXECUTORS = ["agent", "tool", "llm"] as const;

/** A tool_event, or the executor_kind of a runtime_execution. */
export type ToolActivity = "tool_event" | (typeof EXECUTORS)[number];

/** What an event tells of calls of agents, tools and LLMs (RG 7.2). One that is both is the tool's execution. */
export function toolActivityIn({ subject, event, integration }: Examined): ToolActivity | undefined {
  const isExecution = subject.kind === "event" && subject.family === "runtime_execution";
  const executor = isExecution ? EXECUTORS.find((known) => known === event.executor_kind) : undefined;
  return integration?.kind === "tool_event" && executor !== "tool" ? "tool_event" : executor;
}
