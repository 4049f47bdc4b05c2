import { standingOf } from "../../mapping/names.js";
import { mappingOf } from "../../mapping/read-mapping.js";
import { REFERENCE_MODULES } from "../../mapping/reference-modules.js";
import { ACCESS_MODES, type MappedModule } from "../../model/mapping.js";
import { segmentsOf } from "../../model/pointer.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { L2_MODULES } from "../../protocol/fields/modules.js";
import { dataOf, type Excerpt, type HeldObject } from "../excerpt.js";
import type { Mutation, Place } from "../mutation.js";
import { isOf } from "./building.js";

const isMapping = ({ subject }: HeldObject): boolean =>
  subject.kind === "mapping" && subject.mapping.isPart !== true;

/** The value with another one at a pointer; undefined takes the member away. */
function withAt(root: unknown, [segment, ...rest]: readonly string[], value: unknown): unknown {
  if (segment === undefined) return value;
  if (Array.isArray(root))
    return root.map((item: unknown, index) => (String(index) === segment ? withAt(item, rest, value) : item));
  if (!isJsonObject(root)) return root;
  const changed = { ...root, [segment]: withAt(root[segment], rest, value) };
  return Object.fromEntries(Object.entries(changed).filter(([, member]) => member !== undefined));
}

function changedAt(mapping: JsonObject, pointer: string, value: unknown): JsonObject | undefined {
  const changed = withAt(mapping, segmentsOf(pointer), value);
  return isJsonObject(changed) ? changed : undefined;
}

/** A change of one module of a mapping. */
function ofModule(
  title: Omit<Mutation, "places">,
  placeIn: (
    module: MappedModule,
    mapping: HeldObject,
    excerpt: Excerpt,
  ) => (Omit<Place, "at" | "edits"> & { readonly changed: JsonObject }) | undefined,
): Mutation {
  return {
    ...title,
    *places(excerpt) {
      for (const record of excerpt.where(isMapping))
        for (const module of modulesOf(record)) {
          const change = placeIn(module, record, excerpt);
          if (change === undefined) continue;
          const { changed, ...place } = change;
          yield { ...place, at: record, edits: () => [{ record, lines: [changed] }] };
        }
    },
  };
}

/** Each module is tried by reading the changed mapping: a hostile one may list very many. */
const MOST_MODULES = 100;

function modulesOf({ subject }: HeldObject): readonly MappedModule[] {
  return subject.kind === "mapping" ? subject.mapping.modules.slice(0, MOST_MODULES) : [];
}

const modulesIn = (mapping: JsonObject): readonly MappedModule[] => mappingOf(mapping).mapping.modules;

function moduleNamed(record: HeldObject): string | undefined {
  const { source_module: source } = dataOf(record);
  return isOf("graph_update")(record) && typeof source === "string" ? standingOf(source).name : undefined;
}

/** RG 7.1: the mapping document. */
export const MAPPING_MUTATIONS: readonly Mutation[] = [
  ofModule(
    {
      clause: "RG-7.1-1",
      name: "a module is removed from the mapping",
      wants: "mapping that lists an L2 module",
    },
    ({ name, pointer }, record) => {
      const changed = changedAt(dataOf(record), pointer, undefined);
      const isGone = changed !== undefined && modulesIn(changed).every((module) => module.name !== name);
      return isGone && L2_MODULES.some((module) => module === name) ? { pointer, changed } : undefined;
    },
  ),
  ofModule(
    {
      clause: "RG-7.1-1a",
      name: "the mapping gives READ to a module that updates the graph",
      wants: "mapping beside graph_update events of a module that it lists",
    },
    ({ name, access }, record, excerpt) => {
      const updates = excerpt.grouped(moduleNamed).get(name);
      if (access === undefined || updates === undefined) return undefined;
      const changed = changedAt(dataOf(record), access.pointer, "READ");
      const isRead =
        changed !== undefined &&
        modulesIn(changed).some((module) => module.name === name && module.access?.mode === "READ");
      return isRead ? { pointer: access.pointer, about: [record, ...updates], changed } : undefined;
    },
  ),
  ofModule(
    {
      clause: "RG-7.1-1b",
      name: "a module gets another access than in the reference matrix",
      wants: "mapping that gives an L2 module the access of the reference matrix",
    },
    ({ name, access, isImplemented }, record) => {
      const reference = Object.entries(REFERENCE_MODULES).find(([module]) => module === name)?.[1].access;
      if (access === undefined || reference !== access.mode || !isImplemented) return undefined;
      const other = ACCESS_MODES.find((mode) => mode !== reference && mode !== "NONE");
      const changed = changedAt(dataOf(record), access.pointer, other);
      const isOther =
        changed !== undefined &&
        modulesIn(changed).some((module) => module.name === name && module.access?.mode === other);
      return isOther ? { pointer: access.pointer, changed } : undefined;
    },
  ),
];
