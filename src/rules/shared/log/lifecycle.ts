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

/** What is kept of an event that says a status; undefined for one that is not known. */
export interface Statused {
  readonly status: string | undefined;
}

/** What a clause asks of the statuses that one thing goes through. */
export interface Lifecycle<Value extends Statused = Statused> {
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
  /** Where the status of an entry stands in its event. */
  pointerOf(entry: Observation<Value>): string;
}

/** True if a history has two known statuses that differ. */
export function hasTwoStatuses(history: Group<Statused>): boolean {
  let known: string | undefined;
  for (const { value } of history) {
    const { status } = value;
    if (status === undefined) continue;
    known ??= status;
    if (status !== known) return true;
  }
  return false;
}
