import type { Examined, Instant, Judging, Kept, Observation, Observed } from "../../model/rule.js";
import type { IntegrationFacet } from "../../model/subject.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { instantOf } from "../../protocol/fields/instant.js";
import type { MplpLogRule } from "../shared/define.js";
import { historyEntry } from "../shared/log/history.js";
import { sayMissing } from "../shared/log/missing.js";
import { earlierOf, follows, isAfter, isBefore } from "../shared/log/order.js";
import { projectOf } from "../shared/log/project.js";

const CLAUSE = "IS-4.2-2";
const STARTS = ["pending", "running"];
const ENDS = ["succeeded", "failed", "cancelled"];
/** The project of a run whose events name several. */
const SEVERAL = null;

/** What the events of one CI run show, or that there are pipeline_stage events of a project. */
export type Shown =
  | {
      readonly what: "run";
      readonly start: boolean;
      readonly end: boolean;
      readonly base: IntegrationFacet["base"];
      readonly project: string | typeof SEVERAL;
    }
  | { readonly what: "stage"; readonly project: string }
  | typeof NAMELESS;

type Run = Extract<Shown, { what: "run" }>;

/** A ci_event without the ids that tell runs apart. */
const NAMELESS = { what: "nameless" } as const;

/** IS-4.2-2: CI events show start and end of each run, and pipeline_stage events accompany them. */
export const ciRunsCovered: MplpLogRule<Shown> = {
  evidence: "log",
  id: "ci-runs-covered",
  clauses: [CLAUSE],
  title: "CI runs are covered from start to end",
  why: "A run that only ends, or never does, cannot be lined up with what the runtime did meanwhile.",
  fix: "Emit a ci_event when a run starts and when it ends, and pipeline_stage events for the runtime's own stages.",
  scopes: ["integration", "pipeline_stage"],
  store: "map",
  order: "causal",
  atLeast: 1,
  observe: (examined) => {
    const { subject, event, integration } = examined;
    if (integration?.kind === "ci_event") return observeRun(examined, integration);
    if (subject.kind !== "event" || subject.family !== "pipeline_stage") return undefined;
    const project = projectOf(event);
    return entryOf(`stage ${project}`, { what: "stage", project }, instantOf(event.timestamp));
  },
  combine: (earlier, later) => {
    if (!isRun(earlier) || !isRun(later)) return isAfter(later, earlier) ? later : earlier;
    const first = isBefore(later, earlier) ? later : earlier;
    const start = earlier.value.start || later.value.start;
    const end = earlier.value.end || later.value.end;
    const project = sharedBy(earlier.value.project, later.value.project);
    return { ...first, value: { ...first.value, start, end, project } };
  },
  checks: (_key, [shown]) => (shown?.value.what === "run" ? 1 : 0),
  conclude: (kept, judging) => {
    const stages = stagesIn(kept);
    for (const [, group] of kept.groups()) {
      const shown = group.at(0);
      if (shown?.value.what === "nameless")
        judging.leaveOpen(CLAUSE, "a ci_event lacks the ids that tell which run it is of");
      if (shown === undefined || !isRun(shown)) continue;
      judgeRun(shown, stagesOf(shown, stages), judging);
    }
  },
};

function judgeRun(
  run: Observation<Run>,
  stages: readonly Observation<Shown>[],
  judging: Judging<ClauseId>,
): void {
  const { start, end, base } = run.value;
  const lack = (message: string): void =>
    sayMissing(CLAUSE, { at: run.at, message, pointer: `${base}/status` }, judging);
  if (!start) lack("no ci_event shows the start of a run");
  if (!end) lack("no ci_event shows the end of a run");
  const isWithStages = isAccompanied(run, stages);
  if (isWithStages === false) lack("no pipeline_stage event follows the start of a CI run");
  if (isWithStages === undefined)
    judging.leaveOpen(
      CLAUSE,
      "without readable times nobody can tell whether a pipeline_stage event follows a CI run",
    );
}

function observeRun(examined: Examined, { value, base }: IntegrationFacet): Observed<Shown> {
  const { ci_provider: provider, pipeline_id: pipeline, run_id: run, status } = value;
  const entry = historyEntry(examined, [provider, pipeline, run], 0);
  if (entry === undefined) return { key: "nameless", value: NAMELESS };
  const start = STARTS.some((known) => known === status);
  const end = ENDS.some((known) => known === status);
  const shown = { what: "run", start, end, base, project: projectOf(examined.event) } as const;
  return entryOf(`run ${entry.key}`, shown, earlierOf(instantOf(value.started_at), entry.instant));
}

function entryOf(key: string, value: Shown, instant: Instant | undefined): Observed<Shown> {
  return instant === undefined ? { key, value } : { key, value, instant };
}

function isRun(shown: Observation<Shown>): shown is Observation<Run> {
  return shown.value.what === "run";
}

/** The one project that events name, of which some may name none. */
function sharedBy(one: Run["project"], other: Run["project"]): Run["project"] {
  if (one === other || other === "") return one;
  return one === "" ? other : SEVERAL;
}

/** The last pipeline_stage of each project, and of all. */
interface Stages {
  readonly byProject: ReadonlyMap<string, Observation<Shown>>;
  readonly last: Observation<Shown> | undefined;
}

function stagesIn(kept: Kept<Shown>): Stages {
  const byProject = new Map<string, Observation<Shown>>();
  let last: Observation<Shown> | undefined;
  for (const [, group] of kept.groups()) {
    const stage = group.at(0);
    if (stage?.value.what !== "stage") continue;
    byProject.set(stage.value.project, stage);
    if (last === undefined || isAfter(stage, last)) last = stage;
  }
  return { byProject, last };
}

/** The last stages that may be of a run's project: its own, and those that name none. */
function stagesOf(
  { value: { project } }: Observation<Run>,
  { byProject, last }: Stages,
): Observation<Shown>[] {
  const isOfAny = project === "" || project === SEVERAL;
  const stages = isOfAny ? [last] : [byProject.get(project), byProject.get("")];
  return stages.filter((stage) => stage !== undefined);
}

/** Whether a stage stands at or after the start of a run; undefined where nobody can tell. */
function isAccompanied(run: Observation<Run>, stages: readonly Observation<Shown>[]): boolean | undefined {
  if (stages.length === 0) return false;
  // Where the start is not shown, a stage before the first event of the run may have come after it.
  if (stages.some((stage) => !run.value.start || follows(stage, run))) return true;
  const isTimed = [run, ...stages].every(({ instant }) => instant !== undefined);
  return isTimed ? false : undefined;
}
