import type { Group } from "../../../model/group.js";
import type { Judging, Observation } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import { isAhead } from "./order.js";

/**
 * Notes that the order of a history in the log is not the order of its times (IS-13.2-2): once, at the first event that
 * follows an event with a later time.
 *
 * @param history in causal order
 * @param subject whose history it is, in words
 */
export function noteDisorder<Value>(
  history: Group<Value>,
  subject: string,
  pointerOf: (observation: Observation<Value>) => string,
  { emit }: Judging<ClauseId>,
): void {
  let late: Observation<Value> | undefined;
  for (const next of history) {
    if (next.instant === undefined) continue;
    if (late !== undefined && isAhead(next, late)) {
      emit({
        at: late.at,
        related: [next.at],
        message: `the events of ${subject} are not in the order of their timestamps, by which they are judged`,
        pointer: pointerOf(late),
        clauses: ["IS-13.2-2"],
        level: "NOTE",
      });
      return;
    }
    late = next;
  }
}
