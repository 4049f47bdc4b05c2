import type { EventsOverTime } from "../../../model/activity.js";
import { counted, thousands } from "../../../model/counted.js";
import { secondsOf } from "../../../model/instant-text.js";
import type { Report } from "../../../model/report.js";
import { durationWords } from "../../shared/durations.js";
import { html, type Markup } from "../markup.js";
import type { TableOf } from "../table.js";
import { d3 } from "./d3.js";
import { figure, STRIP, strip } from "./figure.js";
import { MARKS, marksOf, marksRow } from "./marks.js";
import { AXIS, axis, type Span, type TimeScale, timeScale } from "./time-scale.js";

/** The events of one kind. */
interface Row {
  readonly kind: string;
  readonly events: number;
  readonly undated: number;
  /** The bins that hold some. */
  readonly bins: readonly { readonly span: Span; readonly from: string; readonly events: number }[];
}

const NAMES: Readonly<Record<string, string>> = {
  sa: "SA profile",
  map: "MAP profile",
  integration: "integration events without an envelope",
  other: "no known family",
};

const [LABEL, BARS, ROW] = [16, 22, 48];

/** Events by kind over time, with the findings. */
export function* eventsPicture(report: Report): Iterable<Markup> {
  const events = report.activity?.events;
  if (events === undefined || events.bins.length === 0) return;
  const rows = rowsOf(events);
  const scale = timeScale(rows.flatMap(({ bins }) => bins.map(({ span }) => span)));
  const marks = marksOf(report);
  const top = marks.length * MARKS;
  const height = top + rows.length * ROW;
  yield* figure(
    {
      name: "events",
      title: "Events over time",
      height: height + AXIS,
      caption: captionOf(events, scale, marks.length > 0),
      drawing: [
        axis(scale, height),
        ...marks.map((each, index) => marksRow(each, scale, index * MARKS)),
        ...rows.map((row, index) => drawn(row, scale, top + index * ROW, events.binSeconds)),
      ],
    },
    TABLE,
    rows,
  );
}

function rowsOf({ binSeconds, kinds, bins }: EventsOverTime): readonly Row[] {
  const rows = kinds.map(({ kind, events, undated = 0 }, index) => ({
    kind: NAMES[kind] ?? kind,
    events,
    undated,
    bins: bins.flatMap(({ from, events: counts }) => {
      const start = secondsOf(from);
      const count = counts[index] ?? 0;
      return count === 0 ? [] : [{ span: [start, start + binSeconds] as const, from, events: count }];
    }),
  }));
  return rows.sort((a, b) => b.events - a.events);
}

function drawn({ kind, events, undated, bins }: Row, scale: TimeScale, y: number, seconds: number): Markup {
  const most = Math.max(0, ...bins.map((bin) => bin.events));
  const peak = bins.length === 0 ? "" : `, at most ${thousands(most)} in ${durationWords(seconds)}`;
  const without = undated === 0 ? "" : `, ${thousands(undated)} without time`;
  const label = html`<text class="label" x="0" y="${y + LABEL}"><tspan class="name">${kind}</tspan> ${thousands(events)}${peak}${without}</text>`;
  return html`<g>${label}${strip(y + LABEL + 6, BARS, html`<path class="bars" d="${bars(bins, scale, most)}"/>`)}</g>`;
}

type Corner = readonly [x: number, y: number] | undefined;

/** The bars of a row as one outline; a bin without events has none. */
function bars(bins: Row["bins"], scale: TimeScale, most: number): string {
  const { area, scaleLinear } = d3();
  const height = scaleLinear([0, Math.max(1, most)], [BARS, 0]);
  const corners: Corner[] = [];
  let end: number | undefined;
  for (const { span, events } of bins) {
    if (span[0] !== end) corners.push(undefined);
    end = span[1];
    const [from, to] = span.map((time) => scale.at(time) * STRIP) as [number, number];
    corners.push([from, height(events)], [Math.max(to, from + 1.5), height(events)]);
  }
  const outline = area<Corner>()
    .defined((corner) => corner !== undefined)
    .x((corner) => corner?.[0] ?? 0)
    .y1((corner) => corner?.[1] ?? 0)
    .y0(BARS)
    .digits(1);
  return outline(corners) ?? "";
}

function captionOf({ binSeconds, bins }: EventsOverTime, { gaps }: TimeScale, hasMarks: boolean): string {
  const [first, last] = [bins[0]?.from, bins.at(-1)?.from];
  return [
    `From ${first} to ${last}, in bins of ${durationWords(binSeconds)}. Each row has its own scale.`,
    gaps.length === 0 ? "" : ` Grey stripes cut out ${counted(gaps.length, "long time")} without any event`,
    gaps.length === 0
      ? ""
      : `, the longest of ${durationWords(Math.max(...gaps.map(({ seconds }) => seconds)))}.`,
    hasMarks ? " Marked are the listed places of findings; a report lists the first ones of each." : "",
  ].join("");
}

const TABLE: TableOf<Row> = {
  name: "events-table",
  caption: "Events by kind",
  columns: [
    { title: "Kind", cell: ({ kind }) => kind },
    { title: "Events", kind: "number", cell: ({ events }) => thousands(events) },
    { title: "Without time", kind: "number", cell: ({ undated }) => thousands(undated) },
    { title: "First", cell: ({ bins }) => bins[0]?.from ?? "" },
    { title: "Last", cell: ({ bins }) => bins.at(-1)?.from ?? "" },
    {
      title: "Busiest",
      cell: ({ bins }) => {
        const busiest = bins.toSorted((a, b) => b.events - a.events)[0];
        return busiest === undefined ? "" : `${counted(busiest.events, "event")} from ${busiest.from}`;
      },
    },
  ],
};
