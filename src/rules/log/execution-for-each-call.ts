import { counted } from "../../model/counted.js";
import type { Position } from "../../model/rule.js";
import { logRule } from "../shared/define.js";
import { toolCalls } from "../sources/tools.js";

/** Of fewer calls a few without execution are many: nothing is noted. */
const MIN_CALLS = 10;

/** RG-7.2-3: where most tool calls have no runtime_execution of their own, that is noted with both numbers. */
export const executionForEachCall = logRule({
  id: "execution-for-each-call",
  clauses: ["RG-7.2-3"],
  title: "There are about as many executions as tool calls",
  why: "One execution for many calls shows that the runtime can report a call, not that it reports each.",
  fix: "Emit a runtime_execution with executor_kind tool, and an execution_id of its own, around every tool call.",
  source: toolCalls,
  checks: () => 0,
  judge: (_id, observations, { sum }) => {
    let [call, execution]: (Position | undefined)[] = [];
    for (const { value, at } of observations) {
      if (value === "call") call ??= at;
      else execution ??= at;
    }
    if (call !== undefined) sum("call", call);
    if (execution !== undefined) sum("execution", execution);
  },
  concludesFrom: "sums",
  conclude: ({ sums }, { gap, emit }) => {
    const { count: calls = 0, first } = sums.get("call") ?? {};
    const { count: executions = 0 } = sums.get("execution") ?? {};
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
});
