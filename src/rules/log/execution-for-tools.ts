import { logRule } from "../shared/define.js";
import { sayLost, sayMissing } from "../shared/log/missing.js";
import { toolActivities } from "../sources/tools.js";

/** RG-7.2-3: agent, tool and LLM calls have their runtime_execution events. */
export const executionForTools = logRule({
  id: "execution-for-tools",
  clauses: ["RG-7.2-3"],
  title: "Tool calls have runtime_execution events",
  why: "A tool_event says what a tool reported; only a runtime_execution says that the runtime ran it.",
  fix: "Emit a runtime_execution with executor_kind tool around every tool call.",
  source: toolActivities,
  checks: (_key, [events]) => events?.count ?? 0,
  conclude: (kept, judging) => {
    const [first] = kept.of("tool_event");
    if (first === undefined || kept.of("tool").length > 0) return;
    // The log of a tool's adapter alone is not the log of a runtime.
    const say = judging.claims.includes("runtime") ? sayLost : sayMissing;
    const draft = {
      at: { input: first.at.input, line: 0 },
      absent: true,
      message: "the log has tool_events, but no runtime_execution with executor_kind tool",
      pointer: "",
      related: [first.at],
      relatedPointer: `${first.value}/tool_id`,
    } as const;
    say("RG-7.2-3", draft, judging);
  },
});
