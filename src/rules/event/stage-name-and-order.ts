import type { MplpEventRule } from "../shared/define.js";
import { whereabouts } from "../shared/event/whereabouts.js";

/** RG-4.3-1: a pipeline_stage carries stage_name and stage_order too. The schema makes both optional. */
export const stageNameAndOrder: MplpEventRule = {
  evidence: "event",
  id: "stage-name-and-order",
  clauses: ["RG-4.3-1"],
  scopes: ["pipeline_stage"],
  title: "pipeline_stage carries stage_name and stage_order",
  why: "People read the name and the order; without them a pipeline is a set of ids.",
  fix: 'Set both. (Runtime Glue Overview 4.3 says "all fields", the schema makes these two optional: a spec conflict, so this is a SHOULD.)',
  check: ({ event }, emit) => {
    for (const field of ["stage_name", "stage_order"]) {
      if (event[field] !== undefined) continue;
      emit({ message: `${field} is missing`, pointer: `/${field}`, ...whereabouts(event, field) });
    }
  },
};
