import type { Chart } from "../../model/chart.js";
import type { ValueOf } from "../../model/source.js";
import { FINEST, finestBin } from "../../model/time-bins.js";
import { count, list, nameOf, object, whole } from "../shared/source/forms.js";
import { EVENT_GROUPS, type EventGroup, eventTimes as source } from "../sources/events.js";

/** Events of one kind. */
interface EventRow {
  readonly group: EventGroup;
  /** How many have no readable time. */
  undated: number;
  /** The events in bins, in the order of time. */
  readonly bins: { readonly bin: number; readonly events: number }[];
}

export interface EventTimes {
  /** A bin takes 2 ** exponent seconds. */
  exponent: number;
  readonly rows: EventRow[];
}

const bin = object({ bin: whole, events: count });

/** How many events of each kind there are at which time. */
export const eventTimes: Chart<ValueOf<typeof source>, EventTimes> = {
  id: "event-times",
  source,
  schema: object({
    exponent: whole,
    rows: list(object({ group: nameOf(EVENT_GROUPS), undated: count, bins: list(bin) })),
  }).schema,
  empty: () => ({ exponent: FINEST, rows: [] }),
  take: (sum, key, history) => {
    const row: EventRow = { group: key as EventGroup, undated: 0, bins: [] };
    for (const { value, instant } of history) {
      const { events, exponent } = value;
      sum.exponent = exponent;
      if (instant === undefined) row.undated += events;
      else row.bins.push({ bin: finestBin(instant) / 2 ** (exponent - FINEST), events });
    }
    sum.rows.push(row);
  },
  // All keys share their bins, so they are never dealt.
  join: (sum, other) => void Object.assign(sum, other),
};
