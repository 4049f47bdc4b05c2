import { TEMPLATE_RUNTIME } from "../../mapping/skeleton.js";
import { type MappedModule, touchesNothing } from "../../model/mapping.js";
import { isPlaceholder } from "../../model/placeholder.js";
import type { Judging, Observation } from "../../model/rule.js";
import type { MappingSubject } from "../../model/subject.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { L2_MODULES } from "../../protocol/fields/modules.js";
import type { MplpLogRule } from "../shared/define.js";

/** Why a mapping that is whole documents nothing of a runtime all the same, or nothing of one of this version. */
const FLAWS = {
  "other-version": {
    pointer: "/mplp",
    isOpenUnderClaim: true,
    reason: "the mapping says that it is for another version of MPLP",
  },
  template: {
    pointer: "/runtime/name",
    isOpenUnderClaim: true,
    reason: "the mapping is a template that nobody has filled in: it names no runtime",
  },
  "all-none": {
    pointer: "/modules",
    isOpenUnderClaim: false,
    reason: "the mapping gives all ten modules NONE or not implemented, and so documents no area",
  },
  "no-names": {
    pointer: "/modules",
    isOpenUnderClaim: false,
    reason: "the mapping lists placeholders in place of areas",
  },
  "one-word": {
    pointer: "/modules",
    isOpenUnderClaim: false,
    reason: "the mapping lists one and the same area for every module, and so tells none apart",
  },
} as const;
type Flaw = keyof typeof FLAWS;

/** RG-7.1-1: what is written down tells which areas each module touches, of this runtime and this version. */
export const mappingDocuments: MplpLogRule<readonly Flaw[]> = {
  evidence: "log",
  id: "mapping-documents",
  clauses: ["RG-7.1-1"],
  title: "The mapping documents the runtime",
  why: "A mapping of another version, or one that says the same of every module, tells nobody who may change what.",
  fix: "Name the runtime, the version 1.0.0 of MPLP, and the areas that each of its modules touches.",
  scopes: ["mapping"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: ({ subject }) => {
    const flaws = subject.kind === "mapping" ? flawsOf(subject) : [];
    return flaws.length === 0 ? undefined : { key: "flaws", value: flaws };
  },
  checks: () => 0,
  judge: (_key, observations, judging) => {
    for (const observation of observations) say(observation, judging);
  },
};

function say(
  { at, value }: Observation<readonly Flaw[]>,
  { claims, emit, leaveOpen }: Judging<ClauseId>,
): void {
  for (const flaw of value) {
    const { pointer, reason, isOpenUnderClaim } = FLAWS[flaw];
    emit({ at, pointer, message: reason, shape: flaw, level: "NOTE" });
    if (!isOpenUnderClaim || claims.includes("runtime")) leaveOpen("RG-7.1-1", reason);
  }
}

function flawsOf({ mapping }: MappingSubject): readonly Flaw[] {
  const { modules, runtime, isForOtherVersion } = mapping;
  const own = modules.filter(({ standing }) => standing === "module");
  const name = runtime?.name;
  const flaws: Readonly<Record<Flaw, boolean>> = {
    "other-version": isForOtherVersion === true,
    template: name !== undefined && (name === TEMPLATE_RUNTIME.name || isPlaceholder(name)),
    "all-none": own.length === L2_MODULES.length && own.every(touchesNothing),
    "no-names": own.some(listsPlaceholdersOnly),
    "one-word": haveOneWord(own),
  };
  return (Object.keys(FLAWS) as Flaw[]).filter((flaw) => flaws[flaw]);
}

/** Two modules of a small runtime may well share their only area. */
const MANY = 3;

function haveOneWord(modules: readonly MappedModule[]): boolean {
  const listing = modules.filter((module) => !touchesNothing(module) && module.areas.length > 0);
  const names = new Set(listing.flatMap(({ areas }) => areas.map(({ name }) => name)));
  return listing.length >= MANY && names.size === 1;
}

/** Whether a module that touches areas names none of them, for want of a name rather than of an entry. */
function listsPlaceholdersOnly(module: MappedModule): boolean {
  return module.hasPlaceholders === true && module.areas.length === 0 && !touchesNothing(module);
}
