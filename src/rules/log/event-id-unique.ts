import type { Observation, Position } from "../../model/rule.js";
import { logRule } from "../shared/define.js";
import { eventIds } from "../sources/ids.js";

/** Of more contents under one id, copies are not looked for: what they share with the first is the id alone. */
const MAX_CONTENTS = 1_000_000;

/**
 * PS-4.1-3: event_id is unique. A repeat with equal content is a redelivery and counted as a note of
 * IS-13.2-1. Contents are compared as JSON values, by their digests: the order of members and white space do
 * not matter.
 */
export const eventIdUnique = logRule({
  id: "event-id-unique",
  clauses: ["PS-4.1-3", "IS-13.2-1"],
  title: "event_id is unique",
  why: "Nobody can distinguish two events with one id: a reader that deduplicates by id loses one of them.",
  fix: "Make a new id for every event; send an event again only as it was. The report shows the first member in which the two differ.",
  source: eventIds,
  atLeast: 2,
  leastKeys: 2,
  judge: (id, observations, { emit }) => {
    let first: Observation<number> | undefined;
    const seen = new Map<number, Position>();
    for (const { value, at } of observations) {
      const original = seen.get(value);
      if (original === undefined && seen.size < MAX_CONTENTS) seen.set(value, at);
      first ??= { value, at };
      if (first.at === at) continue;
      const place = { pointer: "/event_id", at };
      if (original === undefined) {
        emit({
          ...place,
          message: "event_id is that of an earlier event with other content",
          values: [id],
          related: [first.at],
          showsDifference: true,
        });
        continue;
      }
      const message = "the event is a redelivery of an earlier one";
      emit({ ...place, message, related: [original], clauses: ["IS-13.2-1"], level: "NOTE" });
    }
  },
});
