import { TEMPLATE_RUNTIME } from "../../mapping/skeleton.js";
import { type MappedModule, touchesNothing } from "../../model/mapping.js";
import { isPlaceholder } from "../../model/placeholder.js";
import type { StatedRuntime } from "../../model/rule.js";
import type { MappingSubject, ParsedRecord } from "../../model/subject.js";
import { L2_MODULES } from "../../protocol/fields/modules.js";
import { list, nameOf, object, optional, text } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

/** Why a mapping that is whole documents nothing of a runtime all the same, or nothing of one of this version. */
const FLAWS = ["other-version", "template", "all-none", "no-names", "one-word", "left-out"] as const;
export type Flaw = (typeof FLAWS)[number];

/** The flaws of each mapping, and the runtime that it is of. */
export const mappingFlaws = source({
  of: "mapping",
  value: object({
    flaws: list(nameOf(FLAWS)),
    runtime: optional(object({ name: optional(text), version: optional(text), vendor: optional(text) })),
  }),
  keep: "all",
  // A mapping is no event: its parts have been read already.
  observe: ({ record, subject }) => {
    if (subject.kind !== "mapping") return undefined;
    const flaws = flawsOf(subject, record);
    const runtime = flaws.includes("template") ? undefined : runtimeOf(subject);
    if (flaws.length === 0 && runtime === undefined) return undefined;
    return { key: "mapping", value: { flaws, ...(runtime !== undefined && { runtime }) } };
  },
});

/** The longest name that a report shows, in characters. */
const LONGEST_NAME = 200;

function runtimeOf({ mapping }: MappingSubject): StatedRuntime | undefined {
  const { pointer: _pointer, ...stated } = mapping.runtime ?? { pointer: "" };
  // A version may well look like a placeholder: 0, 2.3.1.
  const names = Object.entries(stated).filter(([, name]) => /\d/.test(name) || !isPlaceholder(name));
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map(([member, name]) => [member, name.slice(0, LONGEST_NAME)]));
}

function flawsOf({ mapping }: MappingSubject, { document }: ParsedRecord): readonly Flaw[] {
  const { modules, runtime, isForOtherVersion } = mapping;
  const own = modules.filter(({ standing }) => standing === "module");
  const name = runtime?.name;
  const flaws: Readonly<Record<Flaw, boolean>> = {
    "other-version": isForOtherVersion === true,
    template: name !== undefined && (name === TEMPLATE_RUNTIME.name || isPlaceholder(name)),
    "all-none": own.length === L2_MODULES.length && own.every(touchesNothing),
    "no-names": own.some(listsPlaceholdersOnly),
    "one-word": haveOneWord(own),
    "left-out": document?.problems.some(({ leavesOut }) => leavesOut === true) === true,
  };
  return FLAWS.filter((flaw) => flaws[flaw]);
}

/** Two modules of a small runtime may well share their only area. */
const MANY = 3;

function haveOneWord(modules: readonly MappedModule[]): boolean {
  const listing = modules.filter((module) => !touchesNothing(module) && module.areas.length > 0);
  const names = new Set(listing.flatMap(({ areas }) => areas.map(({ name }) => name)));
  return listing.length >= MANY && names.size === 1;
}

/** True if a module that touches areas names none of them, for want of a name rather than of an entry. */
function listsPlaceholdersOnly(module: MappedModule): boolean {
  return module.hasPlaceholders === true && module.areas.length === 0 && !touchesNothing(module);
}
