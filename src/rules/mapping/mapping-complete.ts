import { type MappedModule, touchesNothing } from "../../model/mapping.js";
import { L2_MODULES } from "../../protocol/fields/modules.js";
import type { MplpEventRule } from "../shared/define.js";

/**
 * RG-7.1-1: a mapping lists all ten L2 modules, and the PSG areas of each that is implemented. Whether what it lists
 * documents anything is for `mapping-documents` to say.
 */
export const mappingComplete: MplpEventRule = {
  evidence: "event",
  id: "mapping-complete",
  clauses: ["RG-7.1-1"],
  scopes: ["mapping"],
  title: "The mapping lists every module with its PSG areas",
  why: "Unless these lists exist, nobody can tell if a change of the graph is allowed.",
  fix: "List the areas that each module reads or writes; write NONE or not implemented for modules that the runtime lacks.",
  applies: ({ subject }) => subject.kind === "mapping" && subject.mapping.isPart !== true,
  check: ({ record, subject }, emit) => {
    if (subject.kind !== "mapping" || record.document?.isReadable === false) return;
    const { modules, components, isPart } = subject.mapping;
    if (isPart === true) return;
    const listed = new Map(modules.map((module) => [module.name, module]));
    const isAllNone = L2_MODULES.every((name) => touchesNothing(listed.get(name)));
    if (!isAllNone && ![...modules, ...components].some(listsSomething)) {
      emit({ ...NO_AREAS, pointer: "" });
      return;
    }
    for (const name of L2_MODULES) {
      const module = listed.get(name);
      if (module === undefined) emit({ message: `module ${name} is not listed`, pointer: "/modules" });
      else if (!touchesNothing(module) && !listsSomething(module))
        emit({ message: `module ${name} lists no PSG area`, pointer: module.pointer, shape: name });
    }
  },
};

const NO_AREAS = {
  message: "the document lists no PSG area of any module, so it is not a mapping",
  hint: "list the areas of each module under modules, or in a table with the columns Module, Areas and Access: mplp-check init mapping writes a document to fill in",
};

function listsSomething({ areas, hasPlaceholders }: MappedModule): boolean {
  return areas.length > 0 || hasPlaceholders === true;
}
