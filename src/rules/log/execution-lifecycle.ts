import type { Observation } from "../../model/rule.js";
import type { MplpLogRule } from "../define.js";
import { deliveryOf, historyEntry, historyOf } from "./history.js";
import { type ExecutionLifecycle, judgeLifecycle, statusNumber } from "./lifecycle.js";

const STATUSES = ["pending", "running", "completed", "failed", "cancelled"];
const KINDS = ["agent", "tool", "llm", "worker", "external"];
/** One more status than there are, for the unknown ones. */
const STATUS_NUMBERS = STATUSES.length + 1;

const LIFECYCLE: ExecutionLifecycle = {
  subject: "an execution",
  statuses: STATUSES,
  pointerOf: () => "/status",
};

/** PS-7.3-2: an execution goes from pending over running to one end, and stays of one kind. */
export const executionLifecycle: MplpLogRule<number> = {
  evidence: "log",
  id: "execution-lifecycle",
  clauses: ["PS-7.3-2", "IS-13.2-2"],
  title: "An execution follows its lifecycle",
  why: "Durations and failure counts are read from an execution's start and its one end.",
  fix: "Use a new execution_id for every attempt, and emit one last status for each.",
  store: "columns",
  order: "causal",
  deliveryOf,
  atLeast: 2,
  observe: (examined) => {
    const { subject, event } = examined;
    if (subject.kind !== "event" || subject.family !== "runtime_execution") return undefined;
    const kind = statusNumber(KINDS, event.executor_kind);
    const facts = kind * STATUS_NUMBERS + statusNumber(STATUSES, event.status);
    return historyEntry(examined, [event.execution_id], facts);
  },
  judge: (_id, observations, judging) => {
    const history = historyOf(observations);
    const statuses = history.map((entry) => ({ ...entry, value: entry.value % STATUS_NUMBERS }));
    judgeLifecycle(statuses, LIFECYCLE, judging);
    const change = firstChange(
      history.map((entry) => ({ ...entry, value: Math.floor(entry.value / STATUS_NUMBERS) })),
    );
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

/** The first entry whose kind is not that of the first one with a known kind. */
function firstChange(kinds: readonly Observation<number>[]) {
  const [first, ...others] = kinds.filter(({ value }) => value < KINDS.length);
  const later = others.find(({ value }) => value !== first?.value);
  return first === undefined || later === undefined ? undefined : { first, later };
}
