import { secondsOf } from "../../../model/instant-text.js";
import type { Report } from "../../../model/report.js";
import { type Span, type TimeScale, timeScale } from "./time-scale.js";

/** The time of the whole log, for all pictures that show it; undefined if nothing has a time. */
export function logScale({ activity }: Report): TimeScale | undefined {
  const { events, graphs = [] } = activity ?? {};
  const bins = events?.bins.map(({ from }) => spanFrom(from, events.binSeconds)) ?? [];
  const points = graphs.flatMap(({ points: own, binSeconds }) =>
    bins.length > 0 ? [] : own.map(({ from }) => spanFrom(from, binSeconds)),
  );
  const snapshots = graphs.flatMap((graph) =>
    graph.snapshots.flatMap(({ time }) => (time === undefined ? [] : [spanFrom(time, 0)])),
  );
  return timeScale([...bins, ...points, ...snapshots]);
}

function spanFrom(text: string, seconds: number): Span {
  const from = secondsOf(text);
  return [from, from + seconds];
}
