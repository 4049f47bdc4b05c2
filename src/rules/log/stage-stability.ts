import type { Group } from "../../model/group.js";
import type { Position } from "../../model/rule.js";
import { logRule } from "../shared/define.js";
import { type StageFacts, stageFacts } from "../sources/stages.js";

/** PS-6.1-2: within a pipeline a stage keeps its order and name. Stages that share an order are noted. */
export const stageStability = logRule({
  id: "stage-stability",
  clauses: ["PS-6.1-2"],
  title: "A stage keeps its order and name",
  why: "Readers sort stages by their order and recognise them by their name, so neither may change.",
  fix: "Take stage_order and stage_name from the pipeline's definition, not from the moment of emission.",
  source: stageFacts,
  judgesOrder: true,
  atLeast: 2,
  checks: (_pipeline, observations) => stagesSeenAgain(observations),
  judge: (_pipeline, observations, { emit }) => {
    const orders = new Map<string, Seen<number>>();
    const names = new Map<string, Seen<string>>();
    const owners = new Map<number, Seen<string>>();
    for (const { at, value } of observations) {
      const { stage, order, name } = value;
      const place = { at, pointer: "/stage_order" };
      if (order !== undefined) {
        const known = firstSeen(orders, stage, order, at);
        const owner = firstSeen(owners, order, stage, at);
        if (known.value !== order)
          emit({ ...place, message: "a stage changes its stage_order", related: [known.at] });
        else if (known.at === at && owner.value !== stage) {
          const message = "two stages of a pipeline share a stage_order, as parallel ones may";
          emit({ ...place, message, related: [owner.at], level: "NOTE" });
        }
      }
      if (name === undefined) continue;
      const known = firstSeen(names, stage, name, at);
      if (known.value === name) continue;
      emit({ at, pointer: "/stage_name", message: "a stage changes its stage_name", related: [known.at] });
    }
  },
});

/** How many stages have an order, or a name, in two events or more: one event alone changes nothing. */
function stagesSeenAgain(observations: Group<StageFacts>): number {
  const [orders, names] = [new Map<string, number>(), new Map<string, number>()];
  for (const { value, count = 1 } of observations) {
    const { stage, order, name } = value;
    if (order !== undefined) orders.set(stage, (orders.get(stage) ?? 0) + count);
    if (name !== undefined) names.set(stage, (names.get(stage) ?? 0) + count);
  }
  let again = 0;
  for (const [stage, count] of orders) if (count > 1 || (names.get(stage) ?? 0) > 1) again++;
  for (const [stage, count] of names) if (count > 1 && !orders.has(stage)) again++;
  return again;
}

interface Seen<Value> {
  readonly value: Value;
  readonly at: Position;
}

/** The first value of a key; this value if there was none before. */
function firstSeen<Key, Value>(
  map: Map<Key, Seen<Value>>,
  key: Key,
  value: Value,
  at: Position,
): Seen<Value> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const seen = { value, at };
  map.set(key, seen);
  return seen;
}
