import type { LogState } from "../engine/log/log-state.js";
import type {
  Activity,
  EventsOverTime,
  ExecutionKind,
  GraphOverTime,
  PipelineActivity,
  PipelineCourse,
  StageCourse,
  StatusNumbers,
} from "../model/activity.js";
import { instantText } from "../model/instant-text.js";
import type { Instant, Position } from "../model/observation.js";
import { startOfBin } from "../model/time-bins.js";
import { durationBins } from "../rules/charts/durations.js";
import { type EventTimes, eventTimes } from "../rules/charts/event-times.js";
import { executions, type KindOfExecution } from "../rules/charts/executions.js";
import { type GraphSize, graphSizes } from "../rules/charts/graph-sizes.js";
import { pipelines } from "../rules/charts/pipelines.js";
import { type PipelineOfStages, type Stages, stages } from "../rules/charts/stages.js";
import { EXECUTION_STATUSES, EXECUTOR_KINDS } from "../rules/sources/executions.js";
import { STAGE_STATUSES } from "../rules/sources/stages.js";

/** Names the places of a log. */
type WhereIs = LogState["whereIs"];

/** How a run went over time, from the sums of its charts; undefined if they have nothing. */
export function activityOf(log: LogState): Activity | undefined {
  const whereIs: WhereIs = (at) => log.whereIs(at);
  const { charts } = log;
  const events = eventsOf(charts.of(eventTimes));
  const ofStages = pipelinesOf(charts.of(stages), charts.of(pipelines), whereIs);
  const kinds = executionsOf(charts.of(executions));
  const graphs = charts.of<readonly GraphSize[]>(graphSizes)?.map((graph) => graphOf(graph, whereIs)) ?? [];
  const activity: Activity = {
    ...(events !== undefined && { events }),
    ...(ofStages !== undefined && { pipelines: ofStages }),
    ...(kinds.length > 0 && { executions: kinds }),
    ...(graphs.length > 0 && { graphs }),
  };
  return Object.keys(activity).length === 0 ? undefined : activity;
}

function eventsOf(sum: EventTimes | undefined): EventsOverTime | undefined {
  if (sum === undefined || sum.rows.length === 0) return undefined;
  const { exponent, rows } = sum;
  const bins = new Map<number, number[]>();
  for (const [index, row] of rows.entries())
    for (const { bin, events } of row.bins) {
      const counts = bins.get(bin) ?? rows.map(() => 0);
      counts[index] = events;
      bins.set(bin, counts);
    }
  return {
    binSeconds: 2 ** exponent,
    kinds: rows.map(({ group, undated, bins: own }) => ({
      kind: group,
      events: own.reduce((total, { events }) => total + events, undated),
      ...(undated > 0 && { undated }),
    })),
    bins: [...bins]
      .sort(([a], [b]) => a - b)
      .map(([bin, events]) => ({ from: instantText(startOfBin(bin, exponent)), events })),
  };
}

function pipelinesOf(
  sum: Stages | undefined,
  all: { readonly pipelines: number } | undefined,
  whereIs: WhereIs,
): PipelineActivity | undefined {
  const total = sum?.statuses.reduce((a, b) => a + b, 0) ?? 0;
  if (sum === undefined || total === 0) return undefined;
  return {
    pipelines: all?.pipelines ?? sum.pipelines.length,
    stages: total,
    statuses: byStatus(STAGE_STATUSES, sum.statuses),
    durations: durationBins(sum.durations),
    open: sum.open.map(({ pipeline, id, status, at }) => ({
      pipeline_id: pipeline,
      stage_id: id,
      status: STAGE_STATUSES[status] ?? UNKNOWN,
      ...placed(at, whereIs),
    })),
    first: sum.pipelines.map((pipeline) => courseOf(pipeline, whereIs)),
  };
}

function courseOf({ id, stages: own, moreStages }: PipelineOfStages, whereIs: WhereIs): PipelineCourse {
  const courses = own.map(
    ({ id: stage, steps, moreSteps }): StageCourse => ({
      stage_id: stage,
      steps: steps.map(({ status, instant, at }) => ({
        status: STAGE_STATUSES[status] ?? UNKNOWN,
        ...timed(instant),
        ...placed(at, whereIs),
      })),
      ...(moreSteps > 0 && { moreSteps }),
    }),
  );
  return { pipeline_id: id, stages: courses, ...(moreStages > 0 && { moreStages }) };
}

function executionsOf(sum: readonly KindOfExecution[] = []): readonly ExecutionKind[] {
  return sum.flatMap(({ statuses, durations }, index) => {
    const total = statuses.reduce((a, b) => a + b, 0);
    if (total === 0) return [];
    return [
      {
        kind: EXECUTOR_KINDS[index] ?? UNKNOWN,
        executions: total,
        statuses: byStatus(EXECUTION_STATUSES, statuses),
        durations: durationBins(durations),
      },
    ];
  });
}

function graphOf(
  { id, exponent, points, snapshots, moreSnapshots }: GraphSize,
  whereIs: WhereIs,
): GraphOverTime {
  return {
    graph_id: id,
    binSeconds: 2 ** exponent,
    points: points.map(({ bin, nodes, edges }) => ({
      from: instantText(startOfBin(bin, exponent)),
      nodes,
      edges,
    })),
    snapshots: snapshots.map(({ instant, nodes, edges, at }) => ({
      ...timed(instant),
      nodes,
      edges,
      ...placed(at, whereIs),
    })),
    ...(moreSnapshots > 0 && { moreSnapshots }),
  };
}

const UNKNOWN = "unknown";

function byStatus(names: readonly string[], numbers: readonly number[]): StatusNumbers {
  return Object.fromEntries(
    numbers.flatMap((number, index) => (number > 0 ? [[names[index] ?? UNKNOWN, number] as const] : [])),
  );
}

function timed(instant: Instant | undefined): { readonly time?: string } {
  return instant === undefined ? {} : { time: instantText(instant) };
}

function placed(at: Position, whereIs: WhereIs): { readonly path: string; readonly line: number } {
  const { path, line } = whereIs(at);
  return { path, line };
}
