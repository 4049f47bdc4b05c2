import type { PipelineActivity, PipelineCourse, StageCourse } from "../../../model/activity.js";
import type { FindingLevel } from "../../../model/clause.js";
import { LEVELS } from "../../../model/clause.js";
import { counted, thousands } from "../../../model/counted.js";
import { secondsOf } from "../../../model/instant-text.js";
import type { Report } from "../../../model/report.js";
import { durationWords } from "../../shared/durations.js";
import { html, type Markup } from "../markup.js";
import type { TableOf } from "../table.js";
import { figure } from "./figure.js";
import { AXIS, axis, isTime, percent, type Span, type TimeScale, timeScale } from "./time-scale.js";

/** A stage with what the picture says about it. */
interface Bar extends StageCourse {
  readonly pipeline: string;
  /** The times of its statuses that are known. */
  readonly times: readonly { readonly status: string; readonly seconds: number }[];
  /** Where findings are about it, the worst level of each time. */
  readonly pins: readonly { readonly level: FindingLevel; readonly seconds: number | undefined }[];
}

/** Bars of a pipeline that do not overlap share a lane. */
interface Row {
  readonly course: PipelineCourse;
  readonly lanes: readonly (readonly Bar[])[];
}

const [LABEL, LANE, BAR, PIN, BELOW] = [17, 16, 8, 5, 4];

/** The first pipelines of the log with their stages. */
export function* pipelinesPicture(report: Report): Iterable<Markup> {
  const pipelines = report.activity?.pipelines;
  if (pipelines === undefined) return;
  const levels = levelsByPlace(report);
  const bars = pipelines.first.map((course) => course.stages.map((stage) => barOf(course, stage, levels)));
  const spans = bars
    .flat()
    .map(spanOf)
    .filter((span) => span !== undefined);
  const scale = timeScale(spans);
  if (scale === undefined) return;
  const rows = pipelines.first.map((course, index) => ({ course, lanes: lanesOf(bars[index] ?? []) }));
  const height = rows.reduce((sum, row) => sum + heightOf(row), 0);
  let y = 0;
  const drawing = rows.map((row) => {
    const own = drawn(row, scale, y);
    y += heightOf(row);
    return own;
  });
  yield* figure(
    {
      name: "pipelines",
      title: "Pipelines and their stages",
      height: height + AXIS,
      caption: captionOf(pipelines),
      drawing: [axis(scale, height), ...drawing],
    },
    TABLE,
    bars.flat(),
  );
}

/** The worst level of the findings that count at each place. */
function levelsByPlace({ findings }: Report): ReadonlyMap<string, FindingLevel> {
  const levels = new Map<string, FindingLevel>();
  for (const { level, locations, waiver } of findings) {
    if (waiver !== undefined) continue;
    for (const place of locations) {
      const known = levels.get(nameOf(place));
      if (known === undefined || LEVELS.indexOf(level) < LEVELS.indexOf(known))
        levels.set(nameOf(place), level);
    }
  }
  return levels;
}

function nameOf({ path, line }: { readonly path: string; readonly line: number }): string {
  return `${line} ${path}`;
}

function barOf(
  { pipeline_id: pipeline }: PipelineCourse,
  stage: StageCourse,
  levels: ReadonlyMap<string, FindingLevel>,
): Bar {
  const timed = stage.steps.map((step) => ({ ...step, seconds: secondsOf(step.time) }));
  const times = timed.filter(({ seconds }) => isTime(seconds));
  const pins = timed.flatMap((step) => {
    const level = levels.get(nameOf(step));
    return level === undefined ? [] : [{ level, seconds: isTime(step.seconds) ? step.seconds : undefined }];
  });
  return { ...stage, pipeline, times, pins };
}

function spanOf({ times }: Bar): Span | undefined {
  const [first, last] = [times[0], times.at(-1)];
  return first === undefined || last === undefined ? undefined : [first.seconds, last.seconds];
}

function lanesOf(bars: readonly Bar[]): readonly (readonly Bar[])[] {
  const lanes: Bar[][] = [];
  const dated = bars.filter((bar) => spanOf(bar) !== undefined);
  for (const bar of dated.sort((a, b) => (spanOf(a)?.[0] ?? 0) - (spanOf(b)?.[0] ?? 0))) {
    const from = spanOf(bar)?.[0] ?? 0;
    const lane = lanes.find((own) => (spanOf(own.at(-1) ?? bar)?.[1] ?? 0) <= from);
    if (lane === undefined) lanes.push([bar]);
    else lane.push(bar);
  }
  return lanes;
}

function heightOf({ lanes }: Row): number {
  return LABEL + lanes.length * LANE + BELOW;
}

function drawn({ course, lanes }: Row, scale: TimeScale, y: number): Markup {
  const stages = course.stages.length + (course.moreStages ?? 0);
  const bars = lanes.map((lane, index) => lane.map((bar) => drawnBar(bar, scale, y + LABEL + index * LANE)));
  return html`<g><text class="label" x="0" y="${y + 12}"><tspan class="name">${shortId(course.pipeline_id)}</tspan> ${counted(stages, "stage")}</text>${bars}</g>`;
}

/** A stage: thin while it is pending, thick from then on, with its last status and its pins. */
function drawnBar(bar: Bar, scale: TimeScale, y: number): Markup {
  const last = bar.times.at(-1);
  const [first, end] = spanOf(bar) ?? [0, 0];
  const begin = bar.times.find(({ status }) => status !== "pending")?.seconds ?? end;
  const [x, middle, right] = [first, begin, end].map((time) => scale.at(time)) as [number, number, number];
  const pins = bar.pins.map(({ level, seconds = first }) => {
    const at = percent(scale.at(seconds));
    return html`<circle class="pin" data-level="${level}" cx="${at}" cy="${y + 2}" r="2.5"/>`;
  });
  return html`<g class="stage" data-stage="${last?.status}"><title>${wordsOf(bar)}</title><rect x="${percent(x)}" y="${y + PIN + 3}" width="${percent(middle - x)}" height="2"/><rect x="${percent(middle)}" y="${y + PIN}" width="${percent(right - middle)}" height="${BAR}"/><rect x="${percent(right)}" y="${y + PIN}" width="2" height="${BAR}"/>${pins}</g>`;
}

function wordsOf({ stage_id: id, times, pins }: Bar): string {
  const [first, last] = [times[0], times.at(-1)];
  const length = first === undefined || last === undefined ? 0 : last.seconds - first.seconds;
  const found = pins.length === 0 ? "" : `, ${counted(pins.length, "finding")}`;
  return `${id}: ${last?.status} after ${durationWords(Math.round(length * 1e6) / 1e6)}${found}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const MOST_ID = 28;

function shortId(id: string): string {
  if (UUID.test(id)) return id.slice(0, 8);
  return id.length <= MOST_ID ? id : `${id.slice(0, MOST_ID)}…`;
}

function captionOf({ pipelines, stages, first, statuses }: PipelineActivity): Markup {
  const shown =
    first.length < pipelines
      ? `The first ${counted(first.length, "pipeline")} of ${thousands(pipelines)}`
      : counted(pipelines, "pipeline");
  const each = Object.entries(statuses).map(
    ([status, count]) =>
      html`<li><span class="swatch" data-stage="${status}"></span>${thousands(count)} ${status}</li>`,
  );
  return html`<ul class="kinds">${each}</ul>${shown}. A stage is a thin line while it is pending, then a bar in the colour of its last status; a dot marks a listed finding about it. In the whole log: ${counted(stages, "stage")}.`;
}

const TABLE: TableOf<Bar> = {
  name: "pipelines-table",
  caption: "Stages of the pipelines in the picture",
  groupOf: ({ pipeline }) => pipeline,
  columns: [
    { title: "Stage", cell: ({ stage_id: id }) => html`<code>${id}</code>` },
    {
      title: "Statuses",
      cell: ({ steps, moreSteps }) =>
        [
          ...steps.map(({ status, time = "without time" }) => `${status} ${time}`),
          ...(moreSteps === undefined ? [] : [`${thousands(moreSteps)} more`]),
        ].join(", "),
    },
    { title: "Findings", kind: "number", cell: ({ pins }) => thousands(pins.length) },
  ],
};
