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
 * Goes through the steps of a history. The same status again is no step.
 *
 * @param statusOf the number of an entry's status
 */
export function forEachStep<Status extends string>(
  history: Group<number>,
  statuses: readonly Status[],
  statusOf: (entry: Observation<number>) => number,
  visit: (step: Step<Status>) => void,
): void {
  let earlier: Observation<number> | undefined;
  let from: Status | undefined;
  let isDirect = true;
  for (const later of history) {
    const to = statuses[statusOf(later)];
    if (to === undefined) {
      isDirect = false;
      continue;
    }
    if (earlier !== undefined && from !== undefined && from !== to)
      visit({ from, to, earlier, later, isDirect });
    earlier = later;
    from = to;
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
  /** The number of an entry's status. */
  statusOf(entry: Observation<number>): number;
  /** Where the status of an entry stands in its event. */
  pointerOf(entry: Observation<number>): string;
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
  noteDisorder(history, subject, pointerOf, judging);
  forEachStep(history, statuses, statusOf, (step) => {
    const complaint = complaintOf(step, statuses);
    if (complaint === undefined) return;
    const message = `${subject} ${complaint}`;
    judging.emit({ ...placeOfStep(step), pointer: pointerOf(step.later), message });
  });
}

const FIRST_TERMINAL = 2;

function complaintOf({ from, to, isDirect }: Step<string>, statuses: readonly string[]): string | undefined {
  const [pending, , success] = statuses;
  if (statuses.indexOf(from) >= FIRST_TERMINAL) return `goes on after ${from}`;
  if (to === pending) return "goes back to pending";
  return isDirect && from === pending && to === success
    ? `is ${success} without having been running`
    : undefined;
}
