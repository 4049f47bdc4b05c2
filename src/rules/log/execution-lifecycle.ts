import type { Group } from "../../model/group.js";
import type { Observation } from "../../model/rule.js";
import type { MplpLogRule } from "../shared/define.js";
import { deliveryOf, factsIn, historyEntry } from "../shared/log/history.js";
import { statusNumber } from "../shared/log/lifecycle.js";
import { judgeRuns } from "../shared/log/run-lifecycle.js";

const STATUSES = ["pending", "running", "completed", "failed", "cancelled"];
const KINDS = ["agent", "tool", "llm", "worker", "external"];
/** One more status than there are, for the unknown ones. */
const STATUS_NUMBERS = STATUSES.length + 1;

const { checks, judge } = judgeRuns({
  clause: "PS-7.3-2",
  subject: "an execution",
  statuses: STATUSES,
  statusOf: (entry) => factsIn(entry) % STATUS_NUMBERS,
  pointerOf: () => "/status",
  ends: true,
});

/**
 * PS-7.3-2: an execution goes from pending over running to one end, which a complete log shows, and
 * stays of one kind.
 */
export const executionLifecycle: MplpLogRule<number> = {
  evidence: "log",
  id: "execution-lifecycle",
  clauses: ["PS-7.3-2", "IS-13.2-2"],
  title: "An execution follows its lifecycle",
  why: "Durations and failure counts are read from an execution's start and its one end.",
  fix: "Use a new execution_id for every attempt, and emit one last status for each.",
  scopes: ["runtime_execution"],
  store: "columns",
  order: "causal",
  deliveryOf,
  atLeast: 1,
  observe: (examined) => {
    const { subject, event } = examined;
    if (subject.kind !== "event" || subject.family !== "runtime_execution") return undefined;
    const kind = statusNumber(KINDS, event.executor_kind);
    const facts = kind * STATUS_NUMBERS + statusNumber(STATUSES, event.status);
    return historyEntry(examined, [event.execution_id], facts);
  },
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
};

/** The first entry whose kind is not that of the first one with a known kind, and that one. */
function firstChange(history: Group<number>) {
  let first: Observation<number> | undefined;
  for (const later of history) {
    const kind = kindOf(later);
    if (kind >= KINDS.length) continue;
    first ??= later;
    if (kind !== kindOf(first)) return { first, later };
  }
  return undefined;
}

function kindOf(entry: Observation<number>): number {
  return Math.floor(factsIn(entry) / STATUS_NUMBERS);
}
