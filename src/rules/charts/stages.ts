import type { Chart } from "../../model/chart.js";
import type { Group } from "../../model/group.js";
import type { Position } from "../../model/observation.js";
import type { ValueOf } from "../../model/source.js";
import { count, type ValueOf as FormOf, list, object, optional, text } from "../shared/source/forms.js";
import { STAGE_STATUSES, stages as source, stageIn } from "../sources/stages.js";
import { courseOf } from "./course.js";
import { addAll, addDuration, durationsForm, noDurations, placeAmong } from "./durations.js";
import { instant, joinFirst, position } from "./placed.js";

/**
 * The most pipelines that a picture shows (the first of the log), the most stages of each, and the most steps of a
 * stage.
 */
const MOST_PIPELINES = 24;
const MOST_STAGES = 24;
const MOST_STEPS = 8;
/** The most open stages that are named, the first of the log. */
const MOST_OPEN = 20;

const step = object({
  /** Among STAGE_STATUSES; after them if it is none of them. */
  status: count,
  instant: optional(instant),
  at: position,
});
const stage = object({ id: text, steps: list(step), moreSteps: count });
const pipeline = object({ id: text, first: position, stages: list(stage), moreStages: count });
const openStage = object({ pipeline: text, id: text, status: count, first: position, at: position });
const sum = object({
  statuses: list(count),
  durations: durationsForm,
  pipelines: list(pipeline),
  open: list(openStage),
});

type StageValue = ValueOf<typeof source>;
type Step = FormOf<typeof step>;
export interface PipelineOfStages extends Omit<FormOf<typeof pipeline>, "stages" | "moreStages"> {
  readonly stages: FormOf<typeof stage>[];
  moreStages: number;
}
type OpenStage = FormOf<typeof openStage>;
export interface Stages {
  /** How many stages have each status, and after the known ones those that have none. */
  readonly statuses: number[];
  readonly durations: number[];
  /** The first pipelines of the log. */
  readonly pipelines: PipelineOfStages[];
  /** The first stages of the log that have not ended. */
  readonly open: OpenStage[];
}

const ENDING: ReadonlySet<string> = new Set(["completed", "failed", "skipped"]);

/** Stages by status and duration, and the first pipelines of the log with their stages. */
export const stages: Chart<StageValue, Stages> = {
  id: "stages",
  source,
  schema: sum.schema,
  empty: () => ({
    statuses: [...STAGE_STATUSES, undefined].map(() => 0),
    durations: noDurations(),
    pipelines: [],
    open: [],
  }),
  take: (sum, key, history, first) => {
    const { status, span } = courseOf(history, ENDING);
    const place = placeAmong(STAGE_STATUSES, status);
    sum.statuses[place] = (sum.statuses[place] ?? 0) + 1;
    if (span !== undefined) addDuration(sum.durations, span.from, span.to);
    addStage(sum.pipelines, key, history, first);
    if (status === undefined || ENDING.has(status) || sum.open.length === MOST_OPEN) return;
    const named = stageIn(key);
    const at = history.at(-1)?.at ?? first;
    if (named !== undefined)
      sum.open.push({ pipeline: named.pipeline, id: named.stage, status: place, first, at });
  },
  join: (sum, other) => {
    addAll(sum.statuses, other.statuses);
    addAll(sum.durations, other.durations);
    joinFirst(sum.pipelines, other.pipelines, MOST_PIPELINES);
    joinFirst(sum.open, other.open, MOST_OPEN);
  },
};

function addStage(pipelines: PipelineOfStages[], key: string, history: Group<StageValue>, first: Position) {
  // There may be millions of stages of other pipelines: look at as little as possible.
  if (pipelines.length === MOST_PIPELINES && !pipelines.some(({ id }) => key.startsWith(id))) return;
  const named = stageIn(key);
  // A shortened key does not show its pipeline.
  if (named === undefined) return;
  let pipeline = pipelines.find(({ id }) => id === named.pipeline);
  if (pipeline === undefined) {
    if (pipelines.length === MOST_PIPELINES) return;
    pipeline = { id: named.pipeline, first, stages: [], moreStages: 0 };
    pipelines.push(pipeline);
  }
  if (pipeline.stages.length === MOST_STAGES) pipeline.moreStages++;
  else pipeline.stages.push({ id: named.stage, ...stepsOf(history) });
}

function stepsOf(history: Group<StageValue>): { readonly steps: Step[]; readonly moreSteps: number } {
  const steps: Step[] = [];
  for (const { value, instant, at } of history) {
    if (steps.length === MOST_STEPS) break;
    steps.push({
      status: placeAmong(STAGE_STATUSES, value.status),
      ...(instant !== undefined && { instant }),
      at,
    });
  }
  return { steps, moreSteps: history.length - steps.length };
}
