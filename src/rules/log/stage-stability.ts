import type { Position } from "../../model/rule.js";
import { foldedId } from "../../spec/formats.js";
import type { MplpLogRule } from "../define.js";

/** What an event says about a stage: its id, order and name, as far as it says so. */
interface StageFacts {
  readonly stage: string;
  readonly order: number | undefined;
  readonly name: string | undefined;
}

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
    const { pipeline_id: key, stage_id: id, stage_order: order, stage_name: name } = event;
    if (typeof key !== "string" || typeof id !== "string") return undefined;
    const stage = foldedId(id);
    const known = typeof order === "number" ? order : "";
    const value = `${stage.length} ${known}\n${stage}${typeof name === "string" ? `\n${name}` : ""}`;
    return { key: foldedId(key), value };
  },
  judge: (_pipeline, observations, { emit }) => {
    const orders = new Map<string, Seen<number>>();
    const names = new Map<string, Seen<string>>();
    const owners = new Map<number, Seen<string>>();
    for (const { at, value } of observations) {
      const { stage, order, name } = factsIn(value);
      const place = { at, pointer: "/stage_order" };
      if (order !== undefined) {
        const known = firstSeen(orders, stage, order, at);
        const owner = firstSeen(owners, order, stage, at);
        if (known.value !== order)
          emit({ ...place, message: "a stage changes its stage_order", related: [known.at] });
        else if (known.at === at && owner.value !== stage) {
          emit({ ...place, message: "two stages of a pipeline share a stage_order", related: [owner.at] });
        }
      }
      if (name === undefined) continue;
      const known = firstSeen(names, stage, name, at);
      if (known.value === name) continue;
      emit({ at, pointer: "/stage_name", message: "a stage changes its stage_name", related: [known.at] });
    }
  },
};

/** Reads back what is kept of an event: the length of the stage's id and its order, the id, the name. */
function factsIn(value: string): StageFacts {
  const space = value.indexOf(" ");
  const start = value.indexOf("\n") + 1;
  const order = value.slice(space + 1, start - 1);
  const end = start + Number(value.slice(0, space));
  return {
    stage: value.slice(start, end),
    order: order === "" ? undefined : Number(order),
    name: end < value.length ? value.slice(end + 1) : undefined,
  };
}

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
  const known = map.get(key);
  if (known !== undefined) return known;
  const seen = { value, at };
  map.set(key, seen);
  return seen;
}
