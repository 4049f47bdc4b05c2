import { standingOf } from "../../mapping/names.js";
import type { Group } from "../../model/group.js";
import { printable } from "../../model/printable.js";
import type { Concluding, Kept, Observation, Position } from "../../model/rule.js";
import type { ValueOf } from "../../model/source.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { logRule } from "../shared/define.js";
import {
  type DocumentedModule,
  MAPPING,
  moduleOf,
  moduleUpdates,
  UNCLEAR,
} from "../sources/module-updates.js";

type Entry = ValueOf<typeof moduleUpdates>;

/** A mapping that was supplied. */
interface Document {
  readonly at: Position;
  readonly modules: ReadonlyMap<string, DocumentedModule>;
}

/** The graph_updates of one module; no name where they give none, or one that is too long to be kept. */
interface Updates {
  readonly name: string | undefined;
  readonly all: Group<Entry>;
}

/**
 * RG-7.1-1a: the mapping documents every module that changes the graph, with write access. Each mapping is compared
 * with the log, and each graph_update that contradicts it is an occurrence.
 */
export const logMatchesMapping = logRule({
  id: "log-matches-mapping",
  clauses: ["RG-7.1-1a"],
  title: "Log and mapping agree",
  why: "A mapping that the log contradicts documents another runtime.",
  fix: "Give the module the access it has, or make the change through the module that may write.",
  source: moduleUpdates,
  concludesFrom: "firsts",
  conclude: (kept, judging) => {
    const documents = documentsIn(kept);
    if (documents.length === 0) return;
    let compared = 0;
    let all = 0;
    const undocumented: Updates[] = [];
    for (const updates of updatesIn(kept)) {
      all += updates.all.length;
      if (isCompared(updates, documents, judging)) compared += updates.all.length;
      else if (isUndocumented(updates, documents)) undocumented.push(updates);
    }
    sayUndocumented(undocumented, documents, judging);
    if (all > 0 && compared === 0)
      judging.leaveOpen("RG-7.1-1a", "no graph_update comes from a module whose access the mapping gives");
  },
});

/** The mappings that were supplied; one that was supplied twice is one. */
function documentsIn(kept: Kept<Entry>): readonly Document[] {
  for (const [key, observations] of kept.groups()) {
    if (key !== MAPPING) continue;
    const deliveries = new Set<number>();
    return [...observations]
      .filter(({ value }) => deliveries.size < deliveries.add(value.delivery).size)
      .map(documentIn);
  }
  return [];
}

function documentIn({ at, value: { modules = [] } }: Observation<Entry>): Document {
  return { at, modules: new Map(modules.map((module) => [module.name, module])) };
}

function* updatesIn(kept: Kept<Entry>): Generator<Updates> {
  for (const [key, all] of kept.groups()) if (key !== MAPPING) yield { name: moduleOf(key), all };
}

/** Holds the updates of one module to each mapping; whether there was a mode to hold them to. */
function isCompared(
  { name, all }: Updates,
  documents: readonly Document[],
  { emit, show, leaveOpen, shownId }: Concluding<ClauseId>,
): boolean {
  const documented = documents.flatMap(({ at, modules }) => {
    const module = name === undefined ? undefined : modules.get(name);
    return module?.mode === undefined ? [] : [{ ...module, at }];
  });
  const [first] = all;
  if (documented.length === 0 || first === undefined) return false;
  const contradicted = documented.find(({ mode }) => mode === "READ" || mode === "NONE");
  if (contradicted === undefined && documented.some(({ mode }) => mode === UNCLEAR)) {
    leaveOpen("RG-7.1-1a", `the mapping does not say clearly which access ${shownId(name ?? "")} has`);
    return true;
  }
  if (contradicted === undefined) {
    show(all.length, first.at);
    return true;
  }
  for (const { at, count = 1 } of all)
    emit({
      at,
      more: count - 1,
      related: [contradicted.at],
      relatedPointer: contradicted.pointer,
      message: `a graph_update comes from a module that the mapping gives ${contradicted.mode}`,
      pointer: "/source_module",
      clauses: ["RG-7.1-1a"],
    });
  return true;
}

function isUndocumented({ name }: Updates, documents: readonly Document[]): boolean {
  if (name === undefined || standingOf(name).standing === "vendor") return false;
  return !documents.some(({ modules }) => modules.has(name));
}

/** Modules may be many: they are one finding, with the first of their names by the alphabet. */
function sayUndocumented(
  undocumented: readonly Updates[],
  [mapping]: readonly Document[],
  { emit, shownId }: Concluding<ClauseId>,
): void {
  if (mapping === undefined) return;
  const hint = `not in the mapping: ${listed(undocumented.map(({ name = "" }) => shownId(name)).sort())}`;
  for (const { all } of undocumented)
    for (const { at, count = 1 } of all)
      emit({
        at,
        more: count - 1,
        related: [mapping.at],
        relatedPointer: "/modules",
        message: "a graph_update comes from a module that the mapping does not document",
        hint,
        pointer: "/source_module",
        level: "SHOULD",
      });
}

const MAX_NAMES = 5;
const MAX_LENGTH = 40;

/** The first of some names, which are the sender's, and how many more there are. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => printable(name).slice(0, MAX_LENGTH));
  const more = names.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}
