import type { Activity, DurationBin, EventsOverTime, PipelineActivity } from "../../model/activity.js";
import { counted, thousands } from "../../model/counted.js";
import { instantText, secondsOf } from "../../model/instant-text.js";
import { printable, withoutCommands } from "../../model/printable.js";
import { durationWords } from "../shared/durations.js";
import type { Surface } from "../shared/surface.js";
import { recordsInWords } from "../shared/wording.js";
import { penFor, wrapped } from "../text/pen.js";
import type { Stats } from "./stats.js";

const INDENT = 14;

/** The statistics for people at a terminal. */
export function* renderTextStats(stats: Stats, surface: Surface): Iterable<string> {
  const pen = penFor(surface);
  for (const [name, text] of facts(stats))
    for (const line of wrapped(printable(text), pen.paint.bold(name.padEnd(INDENT)), INDENT, pen))
      yield withoutCommands(line);
}

type Fact = readonly [name: string, text: string];

function* facts({ inputs, events, time, activity = {} }: Stats): Iterable<Fact> {
  for (const input of inputs) yield ["read", `${input.path}: ${recordsInWords(input)}`];
  yield ["events", `${thousands(events)}${time === undefined ? "" : `, ${rate(events, time.seconds)}`}`];
  if (time !== undefined) {
    const to = secondsOf(time.from) + time.seconds;
    yield ["time", `${time.from} to ${asText(to)}, ${durationWords(time.seconds)}`];
    yield ["longest gap", time.longestGap === 0 ? "none" : durationWords(time.longestGap)];
  }
  if (activity.events !== undefined) yield* familyFacts(activity.events, time?.seconds);
  yield* stageFacts(activity.pipelines);
  yield* executionFacts(activity);
  yield* graphFacts(activity);
}

function asText(time: number): string {
  const seconds = Math.floor(time);
  return instantText({ seconds, fraction: time - seconds });
}

function rate(events: number, seconds: number): string {
  const each = Number((events / seconds).toPrecision(3));
  return `${each < 1e6 ? each : thousands(Math.round(each))} a second`;
}

function* familyFacts({ kinds, bins, binSeconds }: EventsOverTime, seconds = 1): Iterable<Fact> {
  const all = kinds.map((kind, index) => ({
    ...kind,
    most: Math.max(0, ...bins.map((bin) => bin.events[index] ?? 0)),
  }));
  for (const { kind, events, undated = 0, most } of all.sort((a, b) => b.events - a.events)) {
    const without = undated === 0 ? "" : `, ${thousands(undated)} without a time`;
    const peak = most < 2 ? "" : `, at most ${thousands(most)} in ${durationWords(binSeconds)}`;
    yield ["family", `${kind}: ${thousands(events)}, ${rate(events, seconds)}${peak}${without}`];
  }
}

function* stageFacts(pipelines: PipelineActivity | undefined): Iterable<Fact> {
  if (pipelines === undefined) return;
  const { stages, statuses, durations, open } = pipelines;
  const words = Object.entries(statuses).map(([status, count]) => `${thousands(count)} ${status}`);
  yield [
    "pipelines",
    `${thousands(pipelines.pipelines)} with ${counted(stages, "stage")}: ${words.join(", ")}`,
  ];
  if (durations.length > 0) yield ["stages took", durationsInWords(durations)];
  const all = ["pending", "running", "unknown"].reduce((sum, status) => sum + (statuses[status] ?? 0), 0);
  yield ["open stages", all === 0 ? "none" : thousands(all)];
  for (const { pipeline_id: pipeline, stage_id: stage, status, path, line } of open)
    yield ["open", `${stage} of pipeline ${pipeline}: ${status} at ${path}:${line}`];
}

function* executionFacts({ executions = [] }: Activity): Iterable<Fact> {
  for (const { kind, executions: total, statuses, durations } of executions) {
    const words = Object.entries(statuses).map(([status, count]) => `${thousands(count)} ${status}`);
    yield ["executions", `${kind}: ${thousands(total)} (${words.join(", ")})`];
    if (durations.length > 0) yield [`${kind} took`, durationsInWords(durations)];
  }
}

function* graphFacts({ graphs = [] }: Activity): Iterable<Fact> {
  for (const { graph_id: id, points, snapshots, moreSnapshots = 0 } of graphs) {
    const last = points.at(-1);
    const size =
      last === undefined
        ? "no dated update"
        : `${counted(last.nodes, "node")}, ${counted(last.edges, "edge")} at least`;
    const seen = snapshots.length + moreSnapshots;
    yield ["graph", `${id || "(no name)"}: ${size}${seen === 0 ? "" : `, ${counted(seen, "snapshot")}`}`];
  }
}

function durationsInWords(durations: readonly DurationBin[]): string {
  return durations
    .map(({ from, to, count }) => `${durationWords(from)} to ${durationWords(to)}: ${thousands(count)}`)
    .join("; ");
}
