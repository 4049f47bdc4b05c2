import type { Group } from "../../model/group.js";
import type { Judging, Observation } from "../../model/rule.js";
import type { ClauseId } from "../../spec/clauses.js";
import { noteDisorder } from "./history.js";

/** One step of a history: from one status to another that differs from it. */
export interface Step<Status extends string> {
  readonly from: Status;
  readonly to: Status;
  readonly earlier: Observation<number>;
  readonly later: Observation<number>;
  /** Whether no event of an unknown status lies between the two. */
  readonly isDirect: boolean;
}

/** The number under which a status is kept; the number of statuses for anything that is none of them. */
export function statusNumber(statuses: readonly unknown[], status: unknown): number {
  const number = statuses.indexOf(status);
  return number < 0 ? statuses.length : number;
}

/**
 * The steps of a history. The same status again is no step.
 *
 * @param statusOf the number of an observation's status; default: its value
 */
export function* stepsOf<Status extends string>(
  history: Group<number>,
  statuses: readonly Status[],
  statusOf: (value: number) => number = (value) => value,
): Generator<Step<Status>> {
  let earlier: Observation<number> | undefined;
  let isDirect = true;
  for (const later of history) {
    const from = earlier === undefined ? undefined : statuses[statusOf(earlier.value)];
    const to = statuses[statusOf(later.value)];
    if (to === undefined) {
      isDirect = false;
      continue;
    }
    if (earlier !== undefined && from !== undefined && from !== to)
      yield { from, to, earlier, later, isDirect };
    earlier = later;
    isDirect = true;
  }
}

/** Where a finding about a step stands: the later line, with the earlier one as the other half of the evidence. */
export function placeOfStep({ earlier, later }: Step<string>) {
  return { at: later.at, related: [earlier.at] };
}

/** What the lifecycles of executions, tool invocations and CI runs have in common. */
export interface ExecutionLifecycle {
  readonly subject: string;
  /** pending, running, the status of success, and the other two that end it. */
  readonly statuses: readonly string[];
  /** The number of an observation's status. */
  statusOf(value: number): number;
  /** Where the status of an observation stands in its event. */
  pointerOf(observation: Observation<number>): string;
}

/**
 * Judges pending -> running -> a terminal status: nothing follows a terminal one, nothing goes back to
 * pending, nothing succeeds straight from pending. What never ran may well fail or be cancelled.
 *
 * @param history in causal order
 */
export function judgeLifecycle(
  history: Group<number>,
  { subject, statuses, statusOf, pointerOf }: ExecutionLifecycle,
  judging: Judging<ClauseId>,
): void {
  const { emit } = judging;
  const [pending, , success] = statuses;
  noteDisorder(history, subject, pointerOf, judging);
  for (const step of stepsOf(history, statuses, statusOf)) {
    const place = { ...placeOfStep(step), pointer: pointerOf(step.later) };
    if (statuses.indexOf(step.from) >= FIRST_TERMINAL)
      emit({ ...place, message: `${subject} goes on after ${step.from}` });
    else if (step.to === pending) emit({ ...place, message: `${subject} goes back to pending` });
    else if (step.isDirect && step.from === pending && step.to === success) {
      emit({ ...place, message: `${subject} is ${success} without having been running` });
    }
  }
}

const FIRST_TERMINAL = 2;
