import type { Examined, Observation, Observed } from "../../model/rule.js";
import { isUuid } from "../../spec/formats.js";
import { instantOf } from "../../spec/instant.js";
import { stringDigest } from "./content-digest.js";

/** Facts about an event are a number below this; the rest of an observation's value tells events apart. */
const FACTS = 64;
const EVENTS = 2 ** 26;

/**
 * An observation for a history: what an event says of one thing, when, and a fingerprint of its
 * event_id by which a redelivery is known.
 *
 * @param ids the ids that together name the thing; undefined where one of them is no string
 * @param facts a whole number below 64
 */
export function historyEntry(
  { event }: Examined,
  ids: readonly unknown[],
  facts: number,
): Observed<number> | undefined {
  const key = keyOf(ids);
  if (key === undefined) return undefined;
  const id = event.event_id;
  const fingerprint = typeof id === "string" ? 1 + (stringDigest(id) % (EVENTS - 1)) : 0;
  const instant = instantOf(event.timestamp) ?? instantOf(event.completed_at) ?? instantOf(event.started_at);
  return { key, value: fingerprint * FACTS + facts, ...(instant !== undefined && { instant }) };
}

/** Several ids in one key, so that no two lists of ids share one. UUIDs are the same whatever their case. */
function keyOf(ids: readonly unknown[]): string | undefined {
  const texts: string[] = [];
  for (const id of ids) {
    if (typeof id !== "string") return undefined;
    texts.push(isUuid(id) ? id.toLowerCase() : id);
  }
  const lengths = texts.slice(0, -1).map((text) => text.length);
  return lengths.length === 0 ? texts[0] : `${texts.join("")}\n${lengths.join()}`;
}

/** The entries of one thing without redeliveries, which say nothing new; their values are the facts. */
export function historyOf(observations: readonly Observation<number>[]): Observation<number>[] {
  const seen = new Set<number>();
  return observations.flatMap((observation) => {
    const { value } = observation;
    if (value >= FACTS && seen.size === seen.add(value).size) return [];
    return [{ ...observation, value: value % FACTS }];
  });
}
