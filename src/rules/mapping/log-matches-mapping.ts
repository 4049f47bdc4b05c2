import type { AccessMode } from "../../model/mapping.js";
import type { Examined, Judging, Kept, Observation, Observed } from "../../model/rule.js";
import type { ClauseId } from "../../spec/clauses.js";
import { standingOf } from "../../spec/mapping-names.js";
import type { MplpLogRule } from "../define.js";

interface DocumentedModule {
  readonly name: string;
  readonly mode?: AccessMode;
  readonly pointer: string;
}

/** What a mapping says of its modules; nothing of graph_updates, which are counted. */
type Said = readonly DocumentedModule[];

/** One key for each mapping, and one for each source_module. */
const MAPPING = "mapping ";
const MODULE = "module ";
const UNNAMED = "unnamed";
const NOTHING: Said = [];

/** RG-7.1-1a: who changes the graph is documented, and documented as one who writes. Each mapping is held to it. */
export const logMatchesMapping: MplpLogRule<Said> = {
  evidence: "log",
  id: "log-matches-mapping",
  clauses: ["RG-7.1-1a"],
  title: "Log and mapping agree",
  why: "A mapping that the log contradicts documents another runtime.",
  fix: "Give the module the access it has, or make the change through the module that may write.",
  scopes: ["graph_update", "mapping"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: (examined) => observed(examined),
  keeps: "first",
  checks: () => 0,
  conclude: (kept, judging) => {
    const documents = [...mappingsIn(kept)];
    if (documents.length === 0) return;
    let compared = 0;
    let all = 0;
    for (const [name, updates] of updatesIn(kept)) {
      const { count = 1 } = updates;
      all += count;
      if (isCompared(name, updates, documents, judging)) compared += count;
    }
    if (all > 0 && compared === 0)
      judging.leaveOpen("RG-7.1-1a", "no graph_update comes from a module whose access the mapping gives");
  },
};

function observed({ record, subject, event }: Examined): Observed<Said> | undefined {
  if (subject.kind === "mapping") {
    const modules = [...subject.mapping.modules, ...subject.mapping.components].map(
      ({ name, access, pointer }) => ({
        name,
        ...(access !== undefined && { mode: access.mode }),
        pointer: access?.pointer ?? pointer,
      }),
    );
    return { key: MAPPING + record.digests.delivery, value: modules };
  }
  if (subject.kind !== "event" || subject.family !== "graph_update") return undefined;
  const { source_module: module } = event;
  const key = typeof module === "string" ? MODULE + standingOf(module).name : UNNAMED;
  return { key, value: NOTHING };
}

function* mappingsIn(kept: Kept<Said>): Generator<Observation<Said>> {
  for (const key of kept.keys()) if (key.startsWith(MAPPING)) yield* kept.of(key);
}

/** The graph_updates of each module; no name where they give none. */
function* updatesIn(kept: Kept<Said>): Generator<readonly [name: string | undefined, Observation<Said>]> {
  for (const key of kept.keys()) {
    const [updates] = kept.of(key);
    if (updates === undefined || key.startsWith(MAPPING)) continue;
    yield [key === UNNAMED ? undefined : key.slice(MODULE.length), updates];
  }
}

/** Holds the updates of one module to each mapping; whether there was a mode to hold them to. */
function isCompared(
  name: string | undefined,
  updates: Observation<Said>,
  documents: readonly Observation<Said>[],
  { emit, show }: Judging<ClauseId>,
): boolean {
  if (name === undefined) return false;
  const documented = documents.flatMap((document) =>
    document.value.filter((module) => module.name === name).map((module) => ({ document, module })),
  );
  if (documented.length === 0) emitUndocumented(name, updates, documents, emit);
  const withMode = documented.filter(({ module }) => module.mode !== undefined);
  const contradicted = withMode.filter(({ module: { mode } }) => mode === "READ" || mode === "NONE");
  for (const { document, module } of contradicted)
    emit({
      at: updates.at,
      related: [document.at],
      relatedPointer: module.pointer,
      message: `a graph_update comes from a module that the mapping gives ${module.mode}`,
      hint: `${times(updates)} in the log`,
      pointer: "/source_module",
      clauses: ["RG-7.1-1a"],
    });
  if (withMode.length > 0 && contradicted.length === 0) show(updates.count ?? 1, updates.at);
  return withMode.length > 0;
}

function emitUndocumented(
  name: string,
  updates: Observation<Said>,
  [mapping]: readonly Observation<Said>[],
  emit: Judging<ClauseId>["emit"],
): void {
  if (mapping === undefined || standingOf(name).standing === "vendor") return;
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

function times({ count = 1 }: Observation<Said>): string {
  return count === 1 ? "once" : `${count} times`;
}
