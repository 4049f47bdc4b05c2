import type { Group } from "../../../model/group.js";
import type { Observation } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";

/** What is wrong with a history. */
export interface Complaint {
  readonly message: string;
  readonly hint?: string;
  /**
   * "wrong": events contradict each other. "lost": an event between two others is missing. "missing": an event is
   * missing that the log need not hold unless it is complete. "undecided": nobody can tell.
   */
  readonly kind: "wrong" | "lost" | "missing" | "undecided";
  /** Only where the finding is below its clause's level. */
  readonly level?: "SHOULD";
}

/** What a clause asks of the statuses that one thing goes through. */
export interface Lifecycle {
  readonly clause: ClauseId;
  readonly statuses: readonly string[];
  /** What is wrong with a first status. */
  first?(status: string): Complaint | undefined;
  /**
   * What is wrong with a step from one status to another that differs from it.
   *
   * @param isDirect whether no event of an unknown status lies between the two
   */
  step(from: string, to: string, isDirect: boolean): Complaint | undefined;
  /** What is wrong with a last status; undefined is an unknown one. */
  last?(status: string | undefined): Complaint | undefined;
  /** The number of an entry's status; the number of statuses for an unknown one. */
  statusOf(entry: Observation<number>): number;
  /** Where the status of an entry stands in its event. */
  pointerOf(entry: Observation<number>): string;
}

/** The number under which a status is kept; the number of statuses for anything that is none of them. */
export function statusNumber(statuses: readonly unknown[], status: unknown): number {
  const number = statuses.indexOf(status);
  return number < 0 ? statuses.length : number;
}

/** Whether a history has two known statuses that differ. */
export function hasTwoStatuses(history: Group<number>, { statuses, statusOf }: Lifecycle): boolean {
  let known: number | undefined;
  for (const entry of history) {
    const status = statusOf(entry);
    if (status >= statuses.length) continue;
    known ??= status;
    if (status !== known) return true;
  }
  return false;
}
