import { execution, graphUpdate, intent } from "./activities.mjs";
import { createWorld } from "./world.mjs";

const STAGES = ["import", "analyze", "plan", "execute", "verify"];
/** How many pipelines run at a time. */
const CREW = 6;

/**
 * The events of a runtime at work, without end: several pipelines run at a time and their events are
 * interleaved. Nothing in them breaks a clause, and nothing deserves a note.
 *
 * @param random the stream of random numbers that decides everything
 * @param isClosing asked whether the work is to come to its end: then no pipeline starts any more, and once
 *   the last has ended, single events follow that leave nothing open
 */
export function* workload(random, isClosing = () => false) {
  const world = createWorld(random);
  const active = Array.from({ length: CREW }, () => pipeline(world));
  while (active.length > 0) {
    const turn = random.below(active.length);
    const { value, done } = active[turn].next();
    if (!done) yield value;
    else if (isClosing()) active.splice(turn, 1);
    else active[turn] = pipeline(world);
  }
  for (;;) {
    yield intent(world, world.project());
    yield graphUpdate(world, world.project());
  }
}

function* pipeline(world) {
  const { random, envelope, sentence } = world;
  const project = world.project();
  const pipeline_id = random.uuid();
  yield { ...envelope(project, "import_process", "import_started"), payload: { note: sentence() } };
  for (const [order, stage] of STAGES.entries()) {
    const identity = { pipeline_id, stage_id: stage, stage_name: `Stage ${stage}`, stage_order: order };
    const event = (status) => ({
      ...envelope(project, "pipeline_stage", `stage_${status}`),
      ...identity,
      stage_status: status,
      payload: { note: sentence() },
    });
    yield event("pending");
    if (random.below(16) === 0) {
      yield event("skipped");
      continue;
    }
    yield event("running");
    yield* execution(world, project);
    const hasFailed = random.below(24) === 0;
    yield event(hasFailed ? "failed" : "completed");
    if (hasFailed) return;
  }
}
