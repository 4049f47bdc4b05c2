import type { Examined } from "../../model/examined.js";
import type { IntegrationFacet } from "../../model/subject.js";
import { foldedId } from "../../protocol/fields/formats.js";
import { nameColumn } from "../shared/source/columns.js";
import { named } from "../shared/source/fields.js";
import { nameOf, type Taken } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

/** How many linters, formatters and test runners report. */
export const toolKinds = source({
  of: "tool_event",
  key: named(["linter", "formatter", "test_runner"], "tool_kind"),
  keep: "count",
});

const EXECUTORS = ["agent", "tool", "llm"] as const;

/** A tool_event, or the executor_kind of a runtime_execution. */
const ACTIVITIES = ["tool_event", ...EXECUTORS] as const;

/** What an event tells of calls of agents, tools and LLMs (RG 7.2). One that is both is the tool's execution. */
function activityIn({ subject, event, integration }: Examined): (typeof ACTIVITIES)[number] | undefined {
  const isExecution = subject.kind === "event" && subject.family === "runtime_execution";
  const executor = isExecution ? EXECUTORS.find((known) => known === event.executor_kind) : undefined;
  return integration?.kind === "tool_event" && executor !== "tool" ? "tool_event" : executor;
}

/** Where the integration event stands in its record; "" where there is none. */
const base: Taken<IntegrationFacet["base"]> = {
  ...nameOf(["", "/payload"]),
  take: (_part, { integration }) => integration?.base ?? "",
};

/** The number of events about calls of each kind, and the pointer to the first of them in its record. */
export const toolActivities = source({
  of: ["integration", "runtime_execution"],
  key: named(ACTIVITIES, (_part, examined) => activityIn(examined)),
  value: base,
  keep: "count",
});

const callOrExecution = nameColumn(["call", "execution"]);
const [CALL, EXECUTION] = [callOrExecution.write("call"), callOrExecution.write("execution")];

/** The ids of tool invocations, and those of the executions of tools. */
export const toolCalls = source({
  of: ["integration", "runtime_execution"],
  value: callOrExecution,
  keyed: "uuid",
  keep: "all",
  // The kind of call decides which id is the key.
  observe: (examined) => {
    const activity = activityIn(examined);
    if (activity !== "tool_event" && activity !== "tool") return undefined;
    const isCall = activity === "tool_event";
    const id = isCall ? examined.integration?.value.invocation_id : examined.event.execution_id;
    return typeof id === "string" ? { key: foldedId(id), value: isCall ? CALL : EXECUTION } : undefined;
  },
});
