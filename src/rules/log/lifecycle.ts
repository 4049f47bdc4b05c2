import type { Judging, Observation } from "../../model/rule.js";
import type { ClauseId } from "../../spec/clauses.js";

/** One step of a history: from one status to another that differs from it. */
export interface Step<Status extends string> {
  readonly from: Status;
  readonly to: Status;
  readonly earlier: Observation<number>;
  readonly later: Observation<number>;
}

/** The steps of a history in causal order; the same status again is no step. */
export function stepsOf<Status extends string>(
  observations: readonly Observation<number>[],
  statuses: readonly Status[],
): Step<Status>[] {
  const steps: Step<Status>[] = [];
  for (const [index, later] of observations.entries()) {
    const earlier = observations[index - 1];
    if (earlier === undefined || earlier.value === later.value) continue;
    const [from, to] = [statuses[earlier.value], statuses[later.value]];
    if (from !== undefined && to !== undefined) steps.push({ from, to, earlier, later });
  }
  return steps;
}

/** Where a finding about a step stands: the later line, with the earlier one as the other half of the evidence. */
export function placeOfStep({ earlier, later }: Step<string>) {
  return { at: later.at, related: [earlier.at] };
}

/** The number under which a status is kept; -1 for anything that is none. */
export function statusNumber(statuses: readonly unknown[], status: unknown): number {
  return statuses.indexOf(status);
}

/** What the lifecycles of executions, tool invocations and CI runs have in common. */
export interface ExecutionLifecycle {
  readonly subject: string;
  /** pending, running, the status of success, and the other two that end it. */
  readonly statuses: readonly string[];
  /** The status's number in the value of an observation, which may hold more. */
  statusOf(value: number): number;
  /** Where the status stands in an event of that value. */
  pointerOf(value: number): string;
}

/**
 * Judges pending -> running -> a terminal status: nothing follows a terminal one, nothing goes back to
 * pending, nothing succeeds straight from pending. What never ran may well fail or be cancelled.
 */
export function judgeLifecycle(
  observations: readonly Observation<number>[],
  { subject, statuses, statusOf, pointerOf }: ExecutionLifecycle,
  { emit }: Judging<ClauseId>,
): void {
  const history = observations.map((observation) => ({ ...observation, value: statusOf(observation.value) }));
  const pointers = new Map(
    history.map((observation, index) => [observation, pointerOf(observations[index]?.value ?? 0)]),
  );
  const [pending, , success] = statuses;
  for (const step of stepsOf(history, statuses)) {
    const place = { ...placeOfStep(step), pointer: pointers.get(step.later) ?? "" };
    if (step.earlier.value >= FIRST_TERMINAL)
      emit({ ...place, message: `${subject} goes on after ${step.from}` });
    else if (step.to === pending) emit({ ...place, message: `${subject} goes back to pending` });
    else if (step.from === pending && step.to === success) {
      emit({ ...place, message: `${subject} is ${success} without having been running` });
    }
  }
}

const FIRST_TERMINAL = 2;
