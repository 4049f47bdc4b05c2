import type { DurationBin, StatusNumbers } from "../../../model/activity.js";
import { thousands } from "../../../model/counted.js";
import type { Report } from "../../../model/report.js";
import { durationWords } from "../../shared/durations.js";
import { html, type Markup } from "../markup.js";
import type { TableOf } from "../table.js";
import { d3 } from "./d3.js";
import { figure } from "./figure.js";
import { percent } from "./time-scale.js";

/** Executions of one kind, or stages. */
interface Row {
  readonly name: string;
  readonly total: number;
  readonly statuses: StatusNumbers;
  readonly durations: readonly DurationBin[];
}

const [LABEL, BARS, ROW, AXIS] = [16, 26, 54, 20];

/** How long executions of each kind took, and stages. */
export function* durationsPicture({ activity }: Report): Iterable<Markup> {
  const { executions = [], pipelines } = activity ?? {};
  const rows: Row[] = executions.map(({ kind, executions: total, ...row }) => ({
    name: kind,
    total,
    ...row,
  }));
  if (pipelines !== undefined) rows.push({ ...pipelines, name: "stages", total: pipelines.stages });
  const bins = rows.flatMap(({ durations }) => durations.map(({ to }) => to));
  if (bins.length === 0) return;
  const columns = columnsOf(bins);
  const height = rows.length * ROW;
  yield* figure(
    {
      name: "durations",
      title: "How long executions and stages took",
      height: height + AXIS,
      caption:
        "By executor_kind, from running to the end. Each column is twice as long as the one before it; each row has its own scale.",
      drawing: [labels(columns, height), ...rows.map((row, index) => drawn(row, columns, index * ROW))],
    },
    TABLE,
    rows,
  );
}

/** The ends of all columns from the shortest to the longest duration; each is twice the one before. */
function columnsOf(ends: readonly number[]): readonly number[] {
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const columns: number[] = [];
  for (let end = least; end <= most; end *= 2) columns.push(end);
  return columns;
}

const MOST_LABELS = 5;

function labels(columns: readonly number[], height: number): Markup {
  const every = Math.ceil(columns.length / MOST_LABELS);
  const texts = columns.map((end, index) => {
    if (index % every !== 0) return undefined;
    const x = percent((index + 0.5) / columns.length);
    return html`<text x="${x}" y="${height + 14}" text-anchor="${anchorAt(index, columns.length)}">&lt; ${durationWords(end)}</text>`;
  });
  return html`<g class="axis">${texts}</g>`;
}

function anchorAt(index: number, columns: number): "start" | "middle" | "end" {
  const part = (index + 0.5) / columns;
  if (part < 0.1) return "start";
  return part > 0.9 ? "end" : "middle";
}

function drawn({ name, statuses, durations }: Row, columns: readonly number[], y: number): Markup {
  const most = Math.max(1, ...durations.map(({ count }) => count));
  const height = d3().scaleLinear([0, most], [0, BARS]);
  const bars = durations.map(({ from, to, count }) => {
    const [x, tall] = [columns.indexOf(to) / columns.length, Math.max(1, height(count))];
    const words = `${durationWords(from)} to ${durationWords(to)}: ${thousands(count)}`;
    return html`<rect class="bars" x="${percent(x)}" width="${percent(0.96 / columns.length)}" y="${(y + LABEL + 6 + BARS - tall).toFixed(1)}" height="${tall.toFixed(1)}"><title>${words}</title></rect>`;
  });
  const base = y + LABEL + 6 + BARS;
  return html`<g><text class="label" x="0" y="${y + LABEL}"><tspan class="name">${name}</tspan> ${inWords(statuses)}</text>${bars}<line class="base" x1="0" x2="100%" y1="${base}" y2="${base}"/></g>`;
}

function inWords(statuses: StatusNumbers): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${thousands(count)} ${status}`)
    .join(", ");
}

const TABLE: TableOf<Row> = {
  name: "durations-table",
  caption: "Executions by executor_kind, and stages: from running to the end",
  columns: [
    { title: "Kind", cell: ({ name }) => name },
    { title: "Number", kind: "number", cell: ({ total }) => thousands(total) },
    { title: "Statuses", cell: ({ statuses }) => inWords(statuses) },
    {
      title: "Durations",
      cell: ({ durations }) =>
        html`<ul class="kinds">${durations.map(
          ({ from, to, count }) =>
            html`<li>${durationWords(from)} to ${durationWords(to)}: ${thousands(count)}</li>`,
        )}</ul>`,
    },
  ],
};
