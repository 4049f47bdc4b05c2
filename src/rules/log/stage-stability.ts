import type { Position } from "../../model/rule.js";
import { isUuid } from "../../spec/formats.js";
import type { MplpLogRule } from "../define.js";

/** What an event says about a stage: its id, order and name, as far as it says so. */
type StageFacts = readonly [stage: string, order: number | null, name: string | null];

/** PS-6.1-2: within a pipeline a stage keeps its order and name, and no two stages share an order. */
export const stageStability: MplpLogRule<string> = {
  evidence: "log",
  id: "stage-stability",
  clauses: ["PS-6.1-2"],
  title: "A stage keeps its order and name",
  why: "Readers line stages up by their order and know them by their name; neither may change under them.",
  fix: "Take stage_order and stage_name from the pipeline's definition, not from the moment of emission.",
  scopes: ["pipeline_stage"],
  store: "map",
  order: "log",
  atLeast: 2,
  keeps: "first-of-each-value",
  observe: ({ subject, event }) => {
    if (subject.kind !== "event" || subject.family !== "pipeline_stage") return undefined;
    const { pipeline_id: key, stage_id: stage, stage_order: order, stage_name: name } = event;
    if (typeof key !== "string" || typeof stage !== "string") return undefined;
    const facts: StageFacts = [
      stage,
      typeof order === "number" ? order : null,
      typeof name === "string" ? name : null,
    ];
    return { key: isUuid(key) ? key.toLowerCase() : key, value: JSON.stringify(facts) };
  },
  judge: (_pipeline, observations, { emit }) => {
    const orders = new Map<string, Seen<number>>();
    const names = new Map<string, Seen<string>>();
    const owners = new Map<number, Seen<string>>();
    for (const { at, value } of observations) {
      const [stage, order, name] = JSON.parse(value) as StageFacts;
      const place = { at, pointer: "/stage_order" };
      if (order !== null) {
        const known = firstSeen(orders, stage, order, at);
        const owner = firstSeen(owners, order, stage, at);
        if (known.value !== order)
          emit({ ...place, message: "a stage changes its stage_order", related: [known.at] });
        else if (known.at === at && owner.value !== stage) {
          emit({ ...place, message: "two stages of a pipeline share a stage_order", related: [owner.at] });
        }
      }
      if (name === null) continue;
      const known = firstSeen(names, stage, name, at);
      if (known.value === name) continue;
      emit({ at, pointer: "/stage_name", message: "a stage changes its stage_name", related: [known.at] });
    }
  },
};

interface Seen<Value> {
  readonly value: Value;
  readonly at: Position;
}

/** What was first seen of a key, which is this where nothing was. */
function firstSeen<Key, Value>(
  map: Map<Key, Seen<Value>>,
  key: Key,
  value: Value,
  at: Position,
): Seen<Value> {
  const known = map.get(key) ?? { value, at };
  map.set(key, known);
  return known;
}
