import type { MplpEventRule } from "../shared/define.js";
import { whereabouts } from "../shared/event/whereabouts.js";

/** RG-4.2-1: a graph_update names the module it comes from. The schema makes the field optional. */
export const sourceModulePresent: MplpEventRule = {
  evidence: "event",
  id: "source-module-present",
  clauses: ["RG-4.2-1"],
  scopes: ["graph_update"],
  title: "graph_update carries source_module",
  why: "The module is what connects a change of the graph to the mapping that allows it.",
  fix: "Set source_module to the L2 module that caused the change. (Runtime Glue Overview 4.2 requires it, the schema makes it optional: a spec conflict, so this is a SHOULD.)",
  check: ({ event }, emit) => {
    if (event.source_module !== undefined) return;
    emit({
      message: "source_module is missing",
      pointer: "/source_module",
      ...whereabouts(event, "source_module"),
    });
  },
};
