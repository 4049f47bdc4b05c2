import type { AccessMode } from "../../model/mapping.js";
import type { Examined, Kept, Observation } from "../../model/rule.js";
import { standingOf } from "../../spec/mapping-names.js";
import type { MplpLogRule } from "../define.js";

/** What a mapping says of its modules, or how many graph_updates name one. */
interface Said {
  readonly modules: readonly {
    readonly name: string;
    readonly mode?: AccessMode;
    readonly pointer: string;
  }[];
  readonly updates: number;
}

const MAPPING = "mapping";
const MODULE = "module ";

/** RG-7.1-1a: who changes the graph is documented, and documented as one who writes. */
export const logMatchesMapping: MplpLogRule<Said> = {
  evidence: "log",
  id: "log-matches-mapping",
  clauses: ["RG-7.1-1a"],
  title: "Log and mapping agree",
  why: "A mapping that the log contradicts documents another runtime.",
  fix: "Give the module the access it has, or make the change through the module that may write.",
  store: "map",
  order: "log",
  atLeast: 1,
  observe: (examined) => observed(examined),
  combine: (earlier, later) => ({
    ...earlier,
    value: {
      modules: [...earlier.value.modules, ...later.value.modules],
      updates: earlier.value.updates + later.value.updates,
    },
  }),
  checks: (key, [said], kept) =>
    key !== MAPPING && kept.of(MAPPING).length > 0 ? (said?.value.updates ?? 0) : 0,
  conclude: (kept, { emit }) => {
    const [mapping] = kept.of(MAPPING);
    if (mapping === undefined) return;
    const documented = new Map(mapping.value.modules.map((module) => [module.name, module]));
    for (const [name, { mode, pointer }] of documented) {
      const [updates] = kept.of(MODULE + name);
      if (updates === undefined || (mode !== "READ" && mode !== "NONE")) continue;
      emit({
        at: updates.at,
        related: [mapping.at],
        relatedPointer: pointer,
        message: `a graph_update comes from a module that the mapping gives ${mode}`,
        hint: `${times(updates)} in the log`,
        pointer: "/source_module",
        clauses: ["RG-7.1-1a"],
      });
    }
    for (const [name, updates] of undocumented(kept, documented)) {
      emit({
        at: updates.at,
        related: [mapping.at],
        relatedPointer: "/modules",
        message: "a graph_update comes from a module that the mapping does not document",
        hint: `${times(updates)} in the log`,
        pointer: "/source_module",
        level: "SHOULD",
        shape: name,
      });
    }
  },
};

function times({ value }: Observation<Said>): string {
  return value.updates === 1 ? "once" : `${value.updates} times`;
}

function observed({ subject, event }: Examined) {
  if (subject.kind === MAPPING) {
    const modules = [...subject.mapping.modules, ...subject.mapping.components].map(
      ({ name, access, pointer }) => ({
        name,
        ...(access !== undefined && { mode: access.mode }),
        pointer: access?.pointer ?? pointer,
      }),
    );
    return { key: MAPPING, value: { modules, updates: 0 } };
  }
  if (subject.kind !== "event" || subject.family !== "graph_update") return undefined;
  const { source_module: module } = event;
  if (typeof module !== "string") return undefined;
  return { key: MODULE + standingOf(module).name, value: { modules: [], updates: 1 } };
}

function undocumented(
  kept: Kept<Said>,
  documented: ReadonlyMap<string, unknown>,
): [string, Observation<Said>][] {
  return [...kept.keys()].flatMap((key): [string, Observation<Said>][] => {
    const name = key.slice(MODULE.length);
    const [updates] = kept.of(key);
    if (!key.startsWith(MODULE) || updates === undefined || documented.has(name)) return [];
    return standingOf(name).standing === "vendor" ? [] : [[name, updates]];
  });
}
