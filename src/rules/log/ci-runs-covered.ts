import type { Concluding, Kept, Observation } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { logRule } from "../shared/define.js";
import { sayMissing } from "../shared/log/missing.js";
import { follows, isAfter } from "../shared/log/order.js";
import { ciCoverage, isRun, isStageKey, type Run, SEVERAL, type Shown } from "../sources/ci-coverage.js";

const CLAUSE = "IS-4.2-2";
/** IS-4.2-2: CI events show start and end of each run, and pipeline_stage events accompany them. */
export const ciRunsCovered = logRule({
  id: "ci-runs-covered",
  clauses: [CLAUSE],
  title: "CI runs are covered from start to end",
  why: "If the log lacks the start or the end of a run, nobody can compare the run with what the runtime did meanwhile.",
  fix: "Emit a ci_event when a run starts and when it ends, and pipeline_stage events for the runtime's own stages.",
  source: ciCoverage,
  checks: (_key, [shown]) => (shown?.value.what === "run" ? 1 : 0),
  concludesFrom: "partition",
  everywhere: isStageKey,
  conclude: (kept, judging) => {
    const stages = stagesIn(kept);
    for (const [, group] of kept.groups()) {
      const shown = group.at(0);
      if (shown?.value.what === "nameless")
        judging.leaveOpen(CLAUSE, "a ci_event lacks the ids that identify its run");
      if (shown === undefined || !isRun(shown)) continue;
      judgeRun(shown, stagesOf(shown, stages), judging);
    }
  },
});

function judgeRun(
  run: Observation<Run>,
  stages: readonly Observation<Shown>[],
  judging: Concluding<ClauseId>,
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

/** True if a stage stands at or after the start of a run; undefined where nobody can tell. */
function isAccompanied(run: Observation<Run>, stages: readonly Observation<Shown>[]): boolean | undefined {
  if (stages.length === 0) return false;
  // Where the start is not shown, a stage before the first event of the run may have come after it.
  if (stages.some((stage) => !run.value.start || follows(stage, run))) return true;
  const isTimed = [run, ...stages].every(({ instant }) => instant !== undefined);
  return isTimed ? false : undefined;
}
