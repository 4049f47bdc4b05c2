import type { MappedModule } from "../../model/mapping.js";
import { L2_MODULES } from "../../spec/modules.js";
import type { MplpEventRule } from "../define.js";

/** RG-7.1-1: a mapping lists all ten L2 modules, and the PSG areas of each that is implemented. */
export const mappingComplete: MplpEventRule = {
  evidence: "event",
  id: "mapping-complete",
  clauses: ["RG-7.1-1"],
  scopes: ["mapping"],
  title: "The mapping lists every module with its PSG areas",
  why: "Nobody can tell whether a change of the graph is allowed where nobody wrote down who may change what.",
  fix: "List the areas that each module reads or writes; say NONE or not implemented of those the runtime lacks.",
  check: ({ record, subject }, emit) => {
    if (subject.kind !== "mapping" || record.document?.isReadable === false) return;
    const { modules, components } = subject.mapping;
    if ([...modules, ...components].every(({ areas }) => areas.length === 0)) {
      emit({ message: "the document lists no PSG area of any module: that is no mapping", pointer: "" });
      return;
    }
    const listed = new Map(modules.map((module) => [module.name, module]));
    for (const name of L2_MODULES) {
      const module = listed.get(name);
      if (module === undefined) emit({ message: `module ${name} is not listed`, pointer: "/modules" });
      else if (isLacking(module))
        emit({ message: `module ${name} lists no PSG area`, pointer: module.pointer, shape: name });
    }
  },
};

function isLacking({ isImplemented, access, areas }: MappedModule): boolean {
  return isImplemented && access?.mode !== "NONE" && areas.length === 0;
}
