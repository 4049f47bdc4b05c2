import type { Observation } from "../../model/rule.js";
import type { MplpLogRule } from "../define.js";

/** What an event says about a stage: its id, order and name, as far as it says so. */
type StageFacts = readonly [stage: string, order: number | null, name: string | null];

/** PS-6.1-2: within a pipeline a stage keeps its order and name, and no two stages share an order. */
export const stageStability: MplpLogRule<StageFacts> = {
  evidence: "log",
  id: "stage-stability",
  clauses: ["PS-6.1-2"],
  title: "A stage keeps its order and name",
  why: "Readers line stages up by their order and know them by their name; neither may change under them.",
  fix: "Take stage_order and stage_name from the pipeline's definition, not from the moment of emission.",
  store: "map",
  order: "log",
  atLeast: 2,
  observe: ({ subject, event }) => {
    if (subject.kind !== "event" || subject.family !== "pipeline_stage") return undefined;
    const { pipeline_id: key, stage_id: stage, stage_order: order, stage_name: name } = event;
    if (typeof key !== "string" || typeof stage !== "string") return undefined;
    return {
      key,
      value: [stage, typeof order === "number" ? order : null, typeof name === "string" ? name : null],
    };
  },
  judge: (_pipeline, observations, { emit }) => {
    const orders = new Map<string, Observation<StageFacts>>();
    const names = new Map<string, Observation<StageFacts>>();
    const owners = new Map<number, Observation<StageFacts>>();
    for (const observation of observations) {
      const { at, value } = observation;
      const [stage, order, name] = value;
      const place = { at, pointer: "/stage_order" };
      if (order !== null) {
        const known = orders.get(stage) ?? observation;
        const owner = owners.get(order) ?? observation;
        if (known.value[1] !== order) {
          emit({ ...place, message: "a stage changes its stage_order", related: [known.at] });
        } else if (known === observation && owner.value[0] !== stage) {
          emit({ ...place, message: "two stages of a pipeline share a stage_order", related: [owner.at] });
        }
        if (!orders.has(stage)) orders.set(stage, observation);
        if (!owners.has(order)) owners.set(order, observation);
      }
      if (name === null) continue;
      const known = names.get(stage) ?? observation;
      if (known.value[2] !== name) {
        emit({ at, pointer: "/stage_name", message: "a stage changes its stage_name", related: [known.at] });
      }
      if (!names.has(stage)) names.set(stage, observation);
    }
  },
};
