import type { EventsOverTime } from "../../../model/activity.js";
import { counted, thousands } from "../../../model/counted.js";
import { secondsOf } from "../../../model/instant-text.js";
import type { Report } from "../../../model/report.js";
import { durationWords } from "../../shared/durations.js";
import { html, type Markup } from "../markup.js";
import type { TableOf } from "../table.js";
import { d3 } from "./d3.js";
import { figure, STRIP, strip } from "./figure.js";
import { logScale } from "./log-scale.js";
import { MARKS, marksOf, marksRow } from "./marks.js";
import { AXIS, axis, isTime, type TimeScale, timeWords } from "./time-scale.js";

/** The events of one kind. */
interface Row {
  readonly kind: string;
  readonly events: number;
  readonly undated: number;
  /** The bins that hold some. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly events: number }[];
}

const NAMES: Readonly<Record<string, string>> = {
  sa: "SA profile",
  map: "MAP profile",
  integration: "integration events without an envelope",
  other: "no known family",
};

const [LABEL, BARS, ROW] = [16, 22, 48];

/** A row of a picture has no more bins than this. */
const MOST_BINS = 128;

/** Events by kind over time, with the findings. */
export function* eventsPicture(report: Report): Iterable<Markup> {
  const events = report.activity?.events;
  const scale = logScale(report);
  if (events === undefined || scale === undefined || events.bins.length === 0) return;
  const seconds = binFor(events.binSeconds, scale);
  const rows = rowsOf(events, seconds);
  const marks = marksOf(report);
  const top = marks.length * MARKS;
  const height = top + rows.length * ROW;
  yield* figure(
    {
      name: "events",
      title: "Events over time",
      height: height + AXIS,
      caption: captionOf(rows, scale, seconds, marks.length > 0),
      drawing: [
        axis(scale, height),
        ...marks.map((each, index) => marksRow(each, scale, index * MARKS)),
        ...rows.map((row, index) => drawn(row, scale, top + index * ROW, seconds)),
      ],
    },
    TABLE,
    rows,
  );
}

/** The length of the bins that are drawn: few enough to be seen. */
function binFor(seconds: number, scale: TimeScale): number {
  let length = seconds;
  while (scale.seconds / length > MOST_BINS) length *= 2;
  return length;
}

function rowsOf({ kinds, bins }: EventsOverTime, seconds: number): readonly Row[] {
  const rows = kinds.map(({ kind, events, undated = 0 }, index): Row => {
    const counts = new Map<number, number>();
    for (const { from, events: own } of bins) {
      const start = Math.floor(secondsOf(from) / seconds) * seconds;
      const count = own[index] ?? 0;
      if (count > 0 && isTime(start)) counts.set(start, (counts.get(start) ?? 0) + count);
    }
    const drawnBins = [...counts].map(([from, count]) => ({ from, to: from + seconds, events: count }));
    return { kind: NAMES[kind] ?? kind, events, undated, bins: drawnBins };
  });
  return rows.sort((a, b) => b.events - a.events);
}

function drawn({ kind, events, undated, bins }: Row, scale: TimeScale, y: number, seconds: number): Markup {
  const most = Math.max(0, ...bins.map((bin) => bin.events));
  const peak = bins.length === 0 ? "" : `, at most ${thousands(most)} in ${durationWords(seconds)}`;
  const without = undated === 0 ? "" : `, ${thousands(undated)} without time`;
  const label = html`<text class="label" x="0" y="${y + LABEL}"><tspan class="name">${kind}</tspan> ${thousands(events)}${peak}${without}</text>`;
  return html`<g>${label}${strip(y + LABEL + 6, BARS, html`<path class="bars" d="${bars(bins, scale, most)}"/>`)}</g>`;
}

/** A bar has at least this width. */
const LEAST = 4;

type Corner = readonly [x: number, y: number] | undefined;

/** The bars of a row as one outline; a bin without events has none. */
function bars(bins: Row["bins"], scale: TimeScale, most: number): string {
  const { area, scaleLinear } = d3();
  const height = scaleLinear([0, Math.max(1, most)], [BARS, 0]);
  const corners: Corner[] = [];
  let end: number | undefined;
  for (const { from, to, events } of bins) {
    if (from !== end) corners.push(undefined);
    end = to;
    const x = scale.at(from) * STRIP;
    corners.push([x, height(events)], [Math.max(scale.at(to) * STRIP, x + LEAST), height(events)]);
  }
  const outline = area<Corner>()
    .defined((corner) => corner !== undefined)
    .x((corner) => corner?.[0] ?? 0)
    .y1((corner) => corner?.[1] ?? 0)
    .y0(BARS)
    .digits(1);
  return outline(corners) ?? "";
}

function captionOf(rows: readonly Row[], { gaps }: TimeScale, seconds: number, hasMarks: boolean): string {
  const from = Math.min(...rows.flatMap(({ bins }) => bins.map((bin) => bin.from)));
  const to = Math.max(...rows.flatMap(({ bins }) => bins.map((bin) => bin.to)));
  const cut =
    gaps.length === 0 ? "" : ` A grey stripe stands for a long time without any event, given below it.`;
  const marked = hasMarks ? " Marked are the places of findings that the report lists." : "";
  return `From ${timeWords(from)} to ${timeWords(to)} in UTC, in bins of ${durationWords(seconds)}. Each row has its own scale.${cut}${marked}`;
}

const TABLE: TableOf<Row> = {
  name: "events-table",
  caption: "Events by kind",
  columns: [
    { title: "Kind", cell: ({ kind }) => kind },
    { title: "Events", kind: "number", cell: ({ events }) => thousands(events) },
    { title: "Without time", kind: "number", cell: ({ undated }) => thousands(undated) },
    { title: "From", cell: ({ bins }) => timeWords(bins[0]?.from) },
    { title: "To", cell: ({ bins }) => timeWords(bins.at(-1)?.to) },
    {
      title: "Busiest",
      cell: ({ bins }) => {
        const busiest = bins.toSorted((a, b) => b.events - a.events)[0];
        return busiest === undefined
          ? ""
          : `${counted(busiest.events, "event")} from ${timeWords(busiest.from)}`;
      },
    },
  ],
};
