import type { Group } from "../../../model/group.js";
import type { Examined, Judging, Observation, Observed } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import { foldedId } from "../../../protocol/fields/formats.js";
import { instantOf } from "../../../protocol/fields/instant.js";
import { isAhead } from "./order.js";

/** Facts about an event are a number below this; the rest of an observation's value tells deliveries apart. */
const FACTS = 64;
const DELIVERIES = 2 ** 47;

/**
 * An observation for a history: what an event says of one thing, when, and which delivery it is.
 *
 * @param ids the ids that together name the thing; undefined where one of them is no string
 * @param facts a whole number below 64
 */
export function historyEntry(
  { record, event }: Examined,
  ids: readonly unknown[],
  facts: number,
): Observed<number> | undefined {
  const key = keyOf(ids);
  if (key === undefined) return undefined;
  const value = (record.digests.delivery % DELIVERIES) * FACTS + facts;
  const instant = instantOf(event.timestamp) ?? instantOf(event.completed_at) ?? instantOf(event.started_at);
  return instant === undefined ? { key, value } : { key, value, instant };
}

/** How the rules that keep histories know a redelivery: the value tells all, since equal deliveries have equal facts. */
export function deliveryOf(value: number): number {
  return value;
}

/** Several ids in one key, so that no two lists of ids share one. UUIDs are the same whatever their case. */
function keyOf(ids: readonly unknown[]): string | undefined {
  let texts = "";
  let lengths = "";
  const last = ids.length - 1;
  for (let index = 0; index <= last; index++) {
    const id = ids[index];
    if (typeof id !== "string") return undefined;
    texts = index === 0 ? foldedId(id) : texts + foldedId(id);
    if (index < last) lengths += `${index === 0 ? "\n" : ","}${id.length}`;
  }
  return lengths === "" ? texts : texts + lengths;
}

/** The facts about an event, from the value of its entry. */
export function factsIn({ value }: Observation<number>): number {
  // Works on the lower 32 bits of any number, many times as fast as a remainder of one that has more.
  return value & (FACTS - 1);
}

/**
 * Notes that a history stands in the log in another order than it happened (IS-13.2-2): once, at the first
 * event that stands behind one that happened later.
 *
 * @param history in causal order
 * @param subject whose history it is, in words
 */
export function noteDisorder(
  history: Group<number>,
  subject: string,
  pointerOf: (observation: Observation<number>) => string,
  { emit }: Judging<ClauseId>,
): void {
  let late: Observation<number> | undefined;
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
