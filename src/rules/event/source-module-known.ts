import { L2_MODULES, moduleStanding } from "../../protocol/fields/modules.js";
import type { MplpEventRule } from "../shared/define.js";

/** RG-4.2-2: source_module names an L2 module, a meta component, or a module of the vendor's own. */
export const sourceModuleKnown: MplpEventRule = {
  evidence: "event",
  id: "source-module-known",
  clauses: ["RG-4.2-2"],
  scopes: ["graph_update"],
  title: "source_module is a known module",
  why: "A mapping document grants access by module; a module that it does not list has no access.",
  fix: `Use one of ${L2_MODULES.join(", ")}; mark names of your own with a prefix, as in domain:billing or acme/billing.`,
  applies: ({ event }) => typeof event.source_module === "string",
  check: ({ event }, emit) => {
    if (typeof event.source_module !== "string") return;
    const standing = moduleStanding(event.source_module);
    if (standing === "known") return;
    const pointer = "/source_module";
    if (standing === "vendor")
      emit({ message: "source_module is a vendor's own name", pointer, level: "NOTE" });
    else emit({ message: "source_module is no L2 module and no marked vendor name", pointer });
  },
};
