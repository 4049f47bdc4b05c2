import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../support/fixtures.js";
import { createRandom, type Random } from "../../support/random.js";
import { isObject, type Line } from "../judge/json.js";
import { mutated } from "./mutations.js";
import { damaged, HANDS, respell, type Spelling } from "./spellings.js";

type Event = Record<string, unknown>;

const synthetic = await import(pathToFileURL(join(ROOT, "bench/synthetic/workload.mjs")).href);
const workload = synthetic.workload as (random: Random) => Iterable<Event>;

/** So many earlier events may come again. */
const MEMORY = 300;
const NEVER = 1e9;
const STATUSES = ["pending", "running", "completed", "succeeded", "failed", "skipped", "cancelled"];

/** How a log goes wrong: one event in so many, by what happens to it. */
interface Plan {
  readonly mutated: number;
  readonly respelled: number;
  readonly damaged: number;
  readonly disturbed: number;
  /** True if times are whole seconds, so that many events are of one instant. */
  readonly isCoarse: boolean;
  /** True if most events have a number or a type of their own. */
  readonly isVaried: boolean;
  readonly hand: Spelling;
}

const planOf = (random: Random): Plan => ({
  mutated: random.pick([3, 10, 50, NEVER]),
  respelled: random.pick([3, 10, 50, NEVER]),
  damaged: random.pick([50, NEVER, NEVER]),
  disturbed: random.pick([5, 20, 100]),
  isCoarse: random.below(3) === 0,
  isVaried: random.below(4) === 0,
  hand: random.pick(HANDS),
});

/** Gives an event a number of its own, and sometimes a type of its own. */
function vary(event: Event, random: Random): void {
  event.sequence = random.below(2 ** random.below(40)) - random.below(9);
  if (event.update_kind === "bulk")
    event.node_delta = random.below(2 ** random.below(32)) - random.below(1000);
  const isKnownByType = event.event_family === undefined || event.event_family === "external_integration";
  if (!isKnownByType && random.below(3) === 0)
    event.event_type = `${event.event_type}_${random.below(100_000)}`;
}

/** An event with another status, as of a runtime that loses count. */
function withStatus(event: Event, status: string): Event {
  if (event.stage_status !== undefined) return { ...event, stage_status: status };
  if (event.status !== undefined) return { ...event, status };
  return isObject(event.payload) ? { ...event, payload: { ...event.payload, status } } : event;
}

/** What may come in place of an event, with an earlier one at hand. */
const DISTURBANCES: readonly ((event: Event, earlier: Event, random: Random) => readonly Event[])[] = [
  () => [],
  (event, _, random) => [withStatus(event, random.pick(STATUSES))],
  (event, { timestamp }) => [{ ...event, timestamp }],
  (event, { event_id }) => [{ ...event, event_id }],
  (event, earlier) => [earlier, event],
  (event, earlier, random) => [event, { ...earlier, event_id: random.uuid(), timestamp: event.timestamp }],
  (event, _, random) => [{ ...event, stage_order: 1 + random.below(3), executor_kind: "llm" }],
];

/** The events of a runtime, of which some come late, never, twice, or with what belongs to another one. */
function* disturbed(events: Iterable<Event>, random: Random, plan: Plan): Iterable<Event> {
  const recent: Event[] = [];
  const late: Event[] = [];
  for (const event of events) {
    if (plan.isCoarse) event.timestamp = String(event.timestamp).replace(/\.\d+/, "");
    if (plan.isVaried && event.event_family !== undefined) vary(event, random);
    recent[random.below(MEMORY)] = event;
    if (random.below(plan.disturbed) > 0) yield event;
    else if (random.below(8) === 0) late.push(event);
    else yield* random.pick(DISTURBANCES)(event, random.pick(recent) ?? event, random);
    if (random.below(20) === 0) yield* late.splice(0, 1);
  }
}

/**
 * The lines of a log: the same seed makes the same ones. Most events are clean, and most of the others are a little
 * different from clean ones of the same kind.
 */
export function* linesOf(seed: number): Iterable<Line> {
  const random = createRandom(String(seed), "fuzz");
  const plan = planOf(random);
  for (const event of disturbed(workload(createRandom(String(seed), "workload")), random, plan)) {
    const written = random.below(plan.mutated) === 0 ? mutated(event, random) : event;
    let text = plan.hand(JSON.stringify(written), random);
    if (random.below(plan.respelled) === 0) text = respell(text, random);
    yield random.below(plan.damaged) === 0 ? damaged(text, random) : text;
  }
}
