import type { IntegrationFacet } from "../../model/subject.js";
import type { MplpLogRule } from "../define.js";

/** Where the integration event stands in its record. */
type Base = IntegrationFacet["base"];

const TOOL_EVENT = "tool_event";
const EXECUTORS = ["agent", "tool", "llm"];

/** RG-7.2-3: agent, tool and LLM calls have their runtime_execution events. */
export const executionForTools: MplpLogRule<Base> = {
  evidence: "log",
  id: "execution-for-tools",
  clauses: ["RG-7.2-3"],
  title: "Tool calls have runtime_execution events",
  why: "A tool_event says what a tool reported; only a runtime_execution says that the runtime ran it.",
  fix: "Emit a runtime_execution with executor_kind tool around every tool call.",
  scopes: ["integration", "runtime_execution"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: ({ subject, event, integration }) => {
    const isExecution = subject.kind === "event" && subject.family === "runtime_execution";
    const kind = isExecution && EXECUTORS.find((known) => known === event.executor_kind);
    const isToolEvent = integration?.kind === TOOL_EVENT;
    const key = isToolEvent && kind !== "tool" ? TOOL_EVENT : kind;
    if (typeof key !== "string") return undefined;
    return { key, value: integration?.base ?? "" };
  },
  keeps: "first",
  checks: (_key, [events]) => events?.count ?? 0,
  conclude: (kept, { emit }) => {
    const [first] = kept.of(TOOL_EVENT);
    if (first === undefined || kept.of("tool").length > 0) return;
    emit({
      at: { input: first.at.input, line: 0 },
      absent: true,
      message: "the log has tool_events, but no runtime_execution with executor_kind tool",
      pointer: "",
      related: [first.at],
      relatedPointer: `${first.value}/tool_id`,
    });
  },
};
