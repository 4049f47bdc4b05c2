import type { Group } from "../../model/group.js";
import type { Observation } from "../../model/rule.js";
import type { ValueOf } from "../../model/source.js";
import { logRule } from "../shared/define.js";
import { judgeRuns } from "../shared/log/run-lifecycle.js";
import { EXECUTION_STATUSES, executions } from "../sources/executions.js";

type Execution = ValueOf<typeof executions>;

const { checks, judge } = judgeRuns<Execution>({
  clause: "PS-7.3-2",
  subject: "an execution",
  statuses: EXECUTION_STATUSES,
  pointerOf: () => "/status",
  ends: true,
});

/**
 * PS-7.3-2: an execution goes from pending over running to one end, which a complete log shows, and
 * stays of one kind.
 */
export const executionLifecycle = logRule({
  id: "execution-lifecycle",
  clauses: ["PS-7.3-2", "IS-13.2-2"],
  title: "An execution follows its lifecycle",
  why: "Durations and failure counts are read from an execution's start and its one end.",
  fix: "Use a new execution_id for every attempt, and emit one last status for each.",
  source: executions,
  judgesOrder: true,
  checks,
  judge: (id, history, judging) => {
    judge(id, history, judging);
    const change = firstChange(history);
    if (change === undefined) return;
    const [at, related] = [change.later.at, [change.first.at]];
    judging.emit({
      at,
      related,
      message: "an execution changes its executor_kind",
      pointer: "/executor_kind",
    });
  },
});

/** The first entry whose kind is not that of the first one with a known kind, and that one. */
function firstChange(history: Group<Execution>) {
  let first: Observation<Execution> | undefined;
  for (const later of history) {
    const { kind } = later.value;
    if (kind === undefined) continue;
    first ??= later;
    if (kind !== first.value.kind) return { first, later };
  }
  return undefined;
}
