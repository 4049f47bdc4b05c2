import { instantOf } from "../../spec/instant.js";
import type { MplpLogRule } from "../define.js";
import { type ExecutionLifecycle, judgeLifecycle, statusNumber } from "./lifecycle.js";

const STATUSES = ["pending", "running", "completed", "failed", "cancelled"];
const KINDS = ["agent", "tool", "llm", "worker", "external"];

const LIFECYCLE: ExecutionLifecycle = {
  subject: "an execution",
  statuses: STATUSES,
  statusOf: (value) => value % STATUSES.length,
  pointerOf: () => "/status",
};

/** PS-7.3-2: an execution goes from pending over running to one end, and stays of one kind. */
export const executionLifecycle: MplpLogRule<number> = {
  evidence: "log",
  id: "execution-lifecycle",
  clauses: ["PS-7.3-2"],
  title: "An execution follows its lifecycle",
  why: "Durations and failure counts are read from an execution's start and its one end.",
  fix: "Use a new execution_id for every attempt, and emit one last status for each.",
  store: "columns",
  order: "causal",
  atLeast: 2,
  observe: ({ subject, event }) => {
    if (subject.kind !== "event" || subject.family !== "runtime_execution") return undefined;
    const status = statusNumber(STATUSES, event.status);
    if (typeof event.execution_id !== "string" || status < 0) return undefined;
    // Kind and status in one number: the kind is 0 where it is none of the known ones.
    const kind = KINDS.indexOf(String(event.executor_kind)) + 1;
    const instant = instantOf(event.timestamp);
    return {
      key: event.execution_id,
      value: kind * STATUSES.length + status,
      ...(instant !== undefined && { instant }),
    };
  },
  judge: (_id, observations, judging) => {
    judgeLifecycle(observations, LIFECYCLE, judging);
    const [first, ...others] = observations.map(({ value, at }) => ({
      kind: Math.floor(value / STATUSES.length),
      at,
    }));
    const changed = others.find(
      ({ kind }) => first !== undefined && kind > 0 && first.kind > 0 && kind !== first.kind,
    );
    if (first === undefined || changed === undefined) return;
    judging.emit({
      at: changed.at,
      related: [first.at],
      message: "an execution changes its executor_kind",
      pointer: "/executor_kind",
    });
  },
};
