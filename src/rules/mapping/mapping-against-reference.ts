import {
  REFERENCE_COMPONENTS,
  REFERENCE_MODULES,
  type ReferenceModule,
  WHOLE_GRAPH,
} from "../../mapping/reference-modules.js";
import type { MappedArea, MappedModule, Mapping } from "../../model/mapping.js";
import type { Emit } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import type { MplpEventRule } from "../shared/define.js";

const REFERENCE: ReadonlyMap<string, ReferenceModule> = new Map([
  ...Object.entries(REFERENCE_MODULES),
  ...Object.entries(REFERENCE_COMPONENTS),
]);

/** The module that the reference matrix makes the primary owner of an area. */
const OWNERS: ReadonlyMap<string, string> = new Map(
  [...REFERENCE].flatMap(([name, { areas }]) =>
    Object.entries(areas)
      .filter(([area, { ownership }]) => ownership === "primary" && area !== WHOLE_GRAPH)
      .map(([area]) => [area, name] as const),
  ),
);

const AREAS: ReadonlySet<string> = new Set(
  [...REFERENCE.values()].flatMap(({ areas }) => Object.keys(areas)),
);

/** RG-7.1-1b: a mapping does not contradict the reference matrix, nor itself. */
export const mappingAgainstReference: MplpEventRule = {
  evidence: "event",
  id: "mapping-against-reference",
  clauses: ["RG-7.1-1b"],
  scopes: ["mapping"],
  title: "The mapping agrees with the reference matrix",
  why: "Tools that read several runtimes expect each module to do with its areas what the specification says.",
  fix: "Take access modes and owners from the reference matrix; list the runtime's own areas as vendor areas.",
  applies: ({ subject }) => subject.kind === "mapping" && subject.mapping.isPart !== true,
  check: ({ subject }, emit) => {
    if (subject.kind !== "mapping") return;
    const all = [...subject.mapping.modules, ...subject.mapping.components];
    for (const module of all) checkModule(module, emit);
    checkOwners(subject.mapping, emit);
  },
};

function checkModule(module: MappedModule, emit: Emit<ClauseId>): void {
  const { name, access, areas, isImplemented } = module;
  const reference = REFERENCE.get(name);
  if (reference === undefined || !isImplemented || access?.mode === "NONE") return;
  if (access !== undefined && access.mode !== reference.access)
    emit({
      message: `${name} has access ${access.mode}, the reference matrix ${reference.access}`,
      pointer: access.pointer,
      shape: name,
    });
  for (const area of areas) checkArea(name, area, reference, emit);
}

function checkArea(module: string, area: MappedArea, reference: ReferenceModule, emit: Emit<ClauseId>): void {
  const { name, spelling, ownership, pointer } = area;
  if (name === WHOLE_GRAPH && reference.areas[WHOLE_GRAPH] === undefined) {
    emit({ message: `${module} lists the entire graph instead of its areas`, pointer, shape: module });
    return;
  }
  const expected = reference.areas[name]?.ownership;
  const owner = OWNERS.get(name);
  if (ownership === "primary" && owner !== undefined && owner !== module)
    emit({
      message: `${module} owns ${name} as primary, which the reference matrix gives to ${owner}`,
      pointer,
      shape: name,
    });
  else if (expected !== undefined && ownership !== undefined && ownership !== expected)
    emit({
      message: `${name} is ${ownership} to ${module}, in the reference matrix ${expected}`,
      pointer,
      shape: name,
    });
  if (name === WHOLE_GRAPH || AREAS.has(name) || isVendorArea(spelling)) return;
  emit({ message: "the reference matrix has no such area", pointer, shape: "area", level: "NOTE" });
}

/** Areas of a vendor's own say whose they are: acme:ledger, acme/ledger, psg.acme.ledger. */
function isVendorArea(spelling: string): boolean {
  return /[:/.]/.test(spelling.replace(/^psg\./i, ""));
}

/** An area that two modules own as primary has none that is its source. */
function checkOwners({ modules, components }: Mapping, emit: Emit<ClauseId>): void {
  const owners = new Set<string>();
  for (const { areas } of [...modules, ...components]) {
    for (const { name, ownership, pointer } of areas) {
      if (ownership !== "primary" || name === WHOLE_GRAPH) continue;
      if (owners.has(name))
        emit({ message: "two modules own one area as primary", pointer, shape: "owners" });
      owners.add(name);
    }
  }
}
