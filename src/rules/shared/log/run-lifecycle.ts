import type { Group } from "../../../model/group.js";
import type { Judging, Observation } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import { noteDisorder } from "./disorder.js";
import { judgeBy } from "./judge-lifecycle.js";
import type { Complaint, Lifecycle, Statused } from "./lifecycle.js";

/** What the lifecycles of executions, tool invocations and CI runs have in common. */
export interface RunLifecycle<Value extends Statused> extends Pick<Lifecycle<Value>, "clause" | "pointerOf"> {
  readonly subject: string;
  /** pending, running, the status of success, and the other two that end it. */
  readonly statuses: readonly string[];
  /** The usual cause of a run that goes on after its end. */
  readonly hint?: string;
  /** True if the clause asks for an end. */
  readonly ends: boolean;
}

type RunWords = Pick<RunLifecycle<Statused>, "subject" | "statuses" | "hint">;

/** The halves of a rule that count and judge the histories of runs. */
export interface RunJudge<Value> {
  /** One event alone shows no lifecycle, but may show that the end is missing. */
  checks(id: string, history: Group<Value>): number;
  judge(id: string, history: Group<Value>, judging: Judging<ClauseId>): void;
}

const FIRST_TERMINAL = 2;

/**
 * Judges pending -> running -> a terminal status: nothing follows a terminal one, nothing goes back to
 * pending, nothing succeeds straight from pending. What never ran may well fail or be cancelled.
 */
export function judgeRuns<Value extends Statused>(run: RunLifecycle<Value>): RunJudge<Value> {
  const { subject, clause, statuses, pointerOf, ends } = run;
  const judgeHistory = judgeBy({
    clause,
    statuses,
    pointerOf,
    step: (from, to, isDirect) => complaintOf(run, from, to, isDirect),
    ...(ends && { last: (status) => lackOfEnd(run, status) }),
  });
  const isOpen = (entry: Observation<Value> | undefined): boolean =>
    entry?.value.status !== undefined && statuses.indexOf(entry.value.status) < FIRST_TERMINAL;
  return {
    checks: (_id, history) => (history.length > 1 || (ends && isOpen(history.at(0))) ? 1 : 0),
    judge: (_id, history, judging) => {
      judging.meet(clause);
      if (history.length > 1) noteDisorder(history, subject, pointerOf, judging);
      judgeHistory(history, judging);
    },
  };
}

function complaintOf(
  { subject, statuses, hint }: RunWords,
  from: string,
  to: string,
  isDirect: boolean,
): Complaint | undefined {
  const [pending, , success] = statuses;
  if (statuses.indexOf(from) >= FIRST_TERMINAL)
    return {
      message: `${subject} goes on after ${from}`,
      kind: "wrong",
      ...(hint !== undefined && { hint }),
    };
  if (to === pending) return { message: `${subject} goes back to pending`, kind: "wrong" };
  return isDirect && from === pending && to === success
    ? { message: `${subject} is ${success} without having been running`, kind: "lost" }
    : undefined;
}

function lackOfEnd({ subject, statuses }: RunWords, status: string | undefined): Complaint | undefined {
  if (status === undefined)
    return {
      message: `${subject} whose last status is none of the five may not have ended`,
      kind: "undecided",
    };
  return statuses.indexOf(status) < FIRST_TERMINAL
    ? { message: `${subject} is still ${status} at the end of the log`, kind: "missing" }
    : undefined;
}
