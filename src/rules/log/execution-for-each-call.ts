import { counted } from "../../model/counted.js";
import type { Group } from "../../model/group.js";
import type { Observed, Position } from "../../model/rule.js";
import { foldedId } from "../../protocol/fields/formats.js";
import type { MplpLogRule } from "../shared/define.js";
import { toolActivityIn } from "../shared/log/tool-activity.js";

/** Of fewer calls a few without execution are many: nothing is noted. */
const MIN_CALLS = 10;

/** RG-7.2-3: where most tool calls have no runtime_execution of their own, that is noted with both numbers. */
export const executionForEachCall: MplpLogRule<number> = {
  evidence: "log",
  id: "execution-for-each-call",
  clauses: ["RG-7.2-3"],
  title: "Tool calls and executions are about as many",
  why: "One execution for many calls shows that the runtime can tell, not that it does.",
  fix: "Emit a runtime_execution with executor_kind tool, and an execution_id of its own, around every tool call.",
  scopes: ["integration", "runtime_execution"],
  store: "packed",
  order: "log",
  atLeast: 1,
  observe: (examined) => {
    const activity = toolActivityIn(examined);
    if (activity === "tool_event") return entryOf(examined.integration?.value.invocation_id, CALL);
    return activity === "tool" ? entryOf(examined.event.execution_id, EXECUTION) : undefined;
  },
  conclude: (kept, { gap, emit }) => {
    let [calls, executions] = [0, 0];
    let first: Position | undefined;
    for (const [, observations] of kept.groups()) {
      const call = firstOf(CALL, observations);
      first ??= call;
      if (call !== undefined) calls++;
      if (firstOf(EXECUTION, observations) !== undefined) executions++;
    }
    const areFew = executions > 0 && calls >= MIN_CALLS && executions * 2 < calls;
    if (!areFew || gap !== undefined || first === undefined) return;
    emit({
      at: { input: first.input, line: 0 },
      absent: true,
      message: "far fewer runtime_executions with executor_kind tool than tool invocations",
      hint: `${counted(calls, "invocation_id")}, ${counted(executions, "execution_id")}`,
      pointer: "",
      related: [first],
      level: "NOTE",
    });
  },
};

const CALL = 0;
const EXECUTION = 1;

function entryOf(id: unknown, value: number): Observed<number> | undefined {
  return typeof id === "string" ? { key: foldedId(id), value } : undefined;
}

/** Where an id first stands for a call, or for an execution. */
function firstOf(kind: number, observations: Group<number>): Position | undefined {
  for (const { value, at } of observations) if (value === kind) return at;
  return undefined;
}
