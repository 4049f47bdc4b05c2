import type { Activity } from "../../model/activity.js";
import { secondsOf } from "../../model/instant-text.js";
import type { InputSummary, RunError } from "../../model/report.js";
import type { Shown, ShownReport } from "../../model/shown.js";

/** What a log holds, without a judgement. */
interface StatsFacts {
  readonly inputs: readonly Pick<
    InputSummary,
    "path" | "records" | "recognised" | "carrier" | "otherOutput"
  >[];
  readonly errors: readonly RunError[];
  /** All events, with and without a readable time. */
  readonly events: number;
  /** From the first event to the last one, as far as bins show it; left out if no event has a readable time. */
  readonly time?: {
    readonly from: string;
    readonly seconds: number;
    /** The longest time between two bins that hold an event, in seconds. */
    readonly longestGap: number;
  };
  readonly activity?: Activity;
}

export type Stats = Shown<StatsFacts>;

/** The facts of a report. */
export function statsOf({ inputs, errors, activity, summary }: ShownReport): Stats {
  const time = timeOf(activity);
  const facts: StatsFacts = {
    inputs: inputs.map(({ path, records, recognised, carrier, otherOutput }) => ({
      path,
      records,
      recognised,
      ...(carrier !== undefined && { carrier }),
      ...(otherOutput !== undefined && { otherOutput }),
    })),
    errors,
    events: summary.events,
    ...(time !== undefined && { time }),
    ...(activity !== undefined && { activity }),
  };
  // All of it is from a report that may be shown.
  return facts as Stats;
}

function timeOf({ events }: Activity = {}): StatsFacts["time"] {
  const bins = events?.bins ?? [];
  const [first] = bins;
  if (events === undefined || first === undefined) return undefined;
  const starts = bins.map(({ from }) => secondsOf(from));
  const [begin = 0, last = 0] = [starts[0], starts.at(-1)];
  if (!Number.isFinite(begin + last)) return undefined;
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start) - events.binSeconds);
  return { from: first.from, seconds: last + events.binSeconds - begin, longestGap: Math.max(0, ...gaps) };
}
