import { counted } from "../../model/counted.js";
import type { Group } from "../../model/group.js";
import type { Observation } from "../../model/rule.js";
import { logRule } from "../shared/define.js";
import { type StageFacts, stageFacts } from "../sources/stages.js";

/** The most missing orders, or ranges of them, that are named. */
const MAX_NAMED = 5;

/** RG-7.1-3, in a complete log: an order between those of a pipeline that no stage has is noted. */
export const stageOrders = logRule({
  id: "stage-orders",
  clauses: ["RG-7.1-3"],
  title: "The orders of a pipeline have no gap",
  why: "If a stage never emits an event, only a gap in the orders shows that the stage exists.",
  fix: "Emit pipeline_stage events for every stage of the pipeline; a stage that does not run has the status skipped.",
  source: stageFacts,
  judgesOrder: true,
  atLeast: 2,
  // A gap is a sign, not a test.
  checks: () => 0,
  judge: (_pipeline, observations, { isComplete, gap, emit }) => {
    if (!isComplete || gap !== undefined) return;
    const gaps = gapsIn(ordersIn(observations));
    const [first] = gaps;
    if (first === undefined) return;
    emit({
      at: first.above.at,
      related: [first.below.at],
      message: "an order between two stages of the pipeline has no stage in a complete log",
      hint: hintOf(gaps),
      pointer: "/stage_order",
      level: "NOTE",
    });
  },
});

/** A stage of a pipeline, by its order. */
interface Ordered {
  readonly order: number;
  readonly at: Observation<StageFacts>["at"];
}

/** The orders that a pipeline has, ascending, each with the first stage that has it. */
function ordersIn(observations: Group<StageFacts>): Ordered[] {
  const orders = new Map<number, Ordered>();
  for (const {
    at,
    value: { order },
  } of observations) {
    if (order === undefined || !Number.isSafeInteger(order) || order < 0) continue;
    if (!orders.has(order)) orders.set(order, { order, at });
  }
  return [...orders.values()].sort((a, b) => a.order - b.order);
}

/** Two orders of which the second does not follow the first. */
interface Gap {
  readonly below: Ordered;
  readonly above: Ordered;
}

function gapsIn(orders: readonly Ordered[]): Gap[] {
  return orders.flatMap((above, index) => {
    const below = orders[index - 1];
    return below === undefined || above.order - below.order === 1 ? [] : [{ below, above }];
  });
}

function hintOf(gaps: readonly Gap[]): string {
  const missing = gaps.reduce((sum, { below, above }) => sum + above.order - below.order - 1, 0);
  const named = gaps.slice(0, MAX_NAMED).map(({ below, above }) => rangeOf(below.order + 1, above.order - 1));
  const more = gaps.length > MAX_NAMED ? " and more" : "";
  return `${counted(missing, "order")} without a stage: ${named.join(", ")}${more}`;
}

function rangeOf(first: number, last: number): string {
  return first === last ? String(first) : `${first} to ${last}`;
}
