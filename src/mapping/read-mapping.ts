import {
  ACCESS_MODES,
  type AccessMode,
  type Attestation,
  accessModeOf,
  areOpposed,
  EVENT_LEVELS,
  type EventLevel,
  jointMode,
  type MappedAccess,
  type MappedArea,
  type MappedEvent,
  type MappedLearning,
  type MappedModule,
  type MappedRuntime,
  type Mapping,
  type MappingProblem,
  OWNERSHIPS,
  type Ownership,
  ownershipOf,
} from "../model/mapping.js";
import { nearest } from "../model/nearest.js";
import { escapeSegment } from "../model/pointer.js";
import { isJsonObject, type JsonObject } from "../model/subject.js";
import { CLAUSES } from "../protocol/clauses/clauses.js";
import { isProtocolVersion } from "../protocol/clauses/documents.js";
import { L2_MODULES } from "../protocol/fields/modules.js";
import { areaName, namesNoArea, referenceOwner } from "./matrix.js";
import { FAMILIES, familyOf, standingOf } from "./names.js";
import { COMPONENTS } from "./reference-modules.js";
import { isExtension, MERGE_KEY, own, Stated } from "./stated.js";

/** The usable part of a mapping document, and its problems. */
export interface ReadMapping {
  readonly mapping: Mapping;
  /** In the order of reading, which can differ from the document's. */
  readonly problems: readonly MappingProblem[];
}

/**
 * Reads the data of a mapping document in any format. Normalises names and words. Leaves out parts of a wrong type or
 * with an unknown value, each with a problem. An unreadable document (undefined) gives nothing, and no further
 * problems.
 */
export function mappingOf(value: unknown): ReadMapping {
  const check = new Stated();
  return { mapping: new MappingReader(check).mapping(value), problems: check.problems };
}

/**
 * True if the data is meant as a mapping document, good or bad: it says so, or one of its L2 modules has a PSG area.
 * Modules and access alone prove nothing, because tables of permissions have them too.
 */
export function looksLikeMapping(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  if (holdsAttestationsOnly(value)) return true;
  const modules = own(value, "modules");
  if (!isJsonObject(modules) && !(Array.isArray(modules) && modules.some(isJsonObject))) return false;
  if (own(value, "mplp") !== undefined || isJsonObject(own(value, "runtime"))) return true;
  const { mapping } = mappingOf({ modules });
  return mapping.modules.some(
    ({ standing, areas }) =>
      standing === "module" &&
      areas.some(({ name, spelling }) => /^psg\./i.test(spelling) || referenceOwner(name) !== undefined),
  );
}

/** True if the document is the part of a mapping with attestations, and the modules are in another document. */
function holdsAttestationsOnly(document: JsonObject): boolean {
  const attestations = own(document, "attestations");
  if (!Array.isArray(attestations)) return false;
  if (own(document, "modules") !== undefined || own(document, "components") !== undefined) return false;
  return attestations.some((item) => isJsonObject(item) && clauseNamed(own(item, "clause")) !== undefined);
}

function clauseNamed(spelling: unknown): string | undefined {
  return typeof spelling === "string" ? CLAUSE_IDS.get(spelling.trim().toLowerCase()) : undefined;
}

/** True if the document names a version other than ours; "MPLP v1.0" and the number 1 are ours. */
function isOtherVersion(mplp: unknown): boolean {
  const isStated = typeof mplp === "number" || (typeof mplp === "string" && mplp.trim() !== "");
  return isStated && !isProtocolVersion(String(mplp));
}

const MEMBERS = {
  document: ["mplp", "runtime", "modules", "components", "attestations", "$schema"],
  runtime: ["name", "version", "vendor"],
  module: ["access", "areas", "events", "learning", "reason", "notes"],
  area: ["area", "ownership"],
  event: ["family", "level"],
  attestation: ["clause", "statement", "evidence"],
} as const;

const CLAUSE_IDS: ReadonlyMap<string, string> = new Map(CLAUSES.map(({ id }) => [id.toLowerCase(), id]));
const LEVEL_ALIASES: ReadonlyMap<string, EventLevel> = new Map([
  ...EVENT_LEVELS.map((level) => [level, level] as const),
  ["REQUIRED", "MUST"],
  ["MAY", "OPTIONAL"],
]);

class MappingReader {
  constructor(readonly check: Stated) {}

  mapping(value: unknown): Mapping {
    const document =
      value === undefined ? undefined : this.check.object(value, "", "The document", MEMBERS.document);
    if (document === undefined) return { modules: [], components: [], attestations: [] };
    const mplp = this.check.text(document, "", "mplp");
    const isForOtherVersion = isOtherVersion(own(document, "mplp"));
    const isPart = holdsAttestationsOnly(document);
    const runtime = this.#runtime(document);
    const named = [
      ...this.#modules(document, "modules", !isPart),
      ...this.#modules(document, "components", false),
    ];
    const once = this.#once(named);
    return {
      ...(mplp !== undefined && { mplp }),
      ...(isForOtherVersion && { isForOtherVersion }),
      ...(isPart && { isPart }),
      ...(runtime !== undefined && { runtime }),
      modules: once.filter((module) => !isComponent(module)),
      components: once.filter(isComponent),
      attestations: this.check
        .items(document, "", "attestations")
        .flatMap(([item, at]) => this.#attestation(item, at)),
    };
  }

  /** The first entry of each module; a name may occur in several spellings. */
  #once(modules: readonly MappedModule[]): readonly MappedModule[] {
    const first = new Map<string, MappedModule>();
    for (const module of modules) {
      const { name, pointer, access } = module;
      const known = first.get(name);
      if (known === undefined) {
        first.set(name, module);
        continue;
      }
      this.check.complain(
        pointer,
        "This module is listed before, perhaps in another spelling; only the first entry counts.",
      );
      if (access?.mode !== known.access?.mode) first.set(name, { ...known, hasUnclearAccess: true });
    }
    return [...first.values()];
  }

  #runtime(document: JsonObject): MappedRuntime | undefined {
    const value = own(document, "runtime");
    if (value === undefined) return undefined;
    const pointer = "/runtime";
    const runtime = this.check.object(value, pointer, "runtime", MEMBERS.runtime);
    return runtime && { ...this.check.texts(runtime, pointer, MEMBERS.runtime), pointer };
  }

  #modules(document: JsonObject, member: "modules" | "components", isRequired: boolean): MappedModule[] {
    const value = own(document, member);
    const pointer = `/${member}`;
    if (value === undefined) {
      if (isRequired) this.check.complain(pointer, `${member} is missing.`);
      return [];
    }
    if (Array.isArray(value) && value.some(isJsonObject)) return this.#namedModules(value, pointer);
    const stated = this.check.object(value, pointer, member);
    return Object.entries(stated ?? {}).flatMap(([name, each]) =>
      isExtension(name) ? [] : [this.#module(name, each, `${pointer}/${escapeSegment(name)}`)],
    );
  }

  /** Modules in a list, each with its name among its members. */
  #namedModules(list: readonly unknown[], pointer: string): MappedModule[] {
    this.check.complain(pointer, "This is a list, and is read as an object with a member for each name.");
    return list.flatMap((item, index) => {
      const at = `${pointer}/${index}`;
      const { name, module = name, ...stated } = this.check.object(item, at, "A module") ?? {};
      if (typeof module === "string") return [this.#module(module, stated, at)];
      this.check.complain(at, "A module in a list needs a name.", "Add it, as in name: plan.");
      return [];
    });
  }

  #module(spelling: string, value: unknown, pointer: string): MappedModule {
    const { name, standing } = standingOf(spelling);
    if (standing === "unknown") {
      const meant = nearest(name, [...L2_MODULES, ...COMPONENTS]);
      const hint = meant === undefined ? VENDOR_HINT : `Is it ${meant}?`;
      this.check.complain(pointer, "This is not an L2 module, a component or a vendor's module.", hint);
    }
    const stated = this.check.object(value, pointer, "A module", MEMBERS.module) ?? {};
    const access = this.#access(stated, pointer);
    const items = this.check.items(stated, pointer, "areas");
    const areas = this.#areas(items);
    if (access?.isImplemented === true && access.mode === "NONE" && areas.length > 0)
      this.check.complain(access.pointer, "The module has access NONE, and areas beside it.", NONE_OR_AREAS);
    return {
      name,
      standing,
      pointer,
      ...(access && { access: { mode: access.mode, pointer: access.pointer } }),
      ...(this.#isAccessUnclear(stated) && { hasUnclearAccess: true as const }),
      isImplemented: access?.isImplemented ?? true,
      areas,
      ...(items.some(([item]) => isAreaPlaceholder(item)) && { hasPlaceholders: true as const }),
      events: this.#events(stated, pointer),
      learning: this.#learning(stated, pointer),
      ...this.check.texts(stated, pointer, ["reason", "notes"]),
    };
  }

  /** One mode, or several that add up to one: ["READ", "WRITE"]. Others contradict each other. */
  #access(module: JsonObject, pointer: string): (MappedAccess & { isImplemented: boolean }) | undefined {
    const value = own(module, "access");
    const at = `${pointer}/access`;
    if (value === undefined) return undefined;
    const stated = Array.isArray(value)
      ? value.map((item: unknown, index) => [item, `${at}/${index}`] as const)
      : [[value, at] as const];
    const understood = stated.flatMap(([item, itemAt]) => {
      const spelled = typeof item === "string" ? accessModeOf(item) : undefined;
      if (spelled === undefined)
        this.check.complain(itemAt, `access must be one of ${ACCESS_MODES.join(", ")}.`);
      return spelled ?? [];
    });
    if (understood.length === 0) return undefined;
    const modes = understood.map((spelled) => spelled.mode);
    if (areContradictory(modes))
      for (const [item, itemAt] of stated)
        if (modeIn(item) !== undefined) this.check.complain(itemAt, CONTRADICTORY_ACCESS, ONE_ACCESS);
    const mode: AccessMode = jointMode(modes);
    return { mode, pointer: at, isImplemented: understood.some(({ isImplemented }) => isImplemented) };
  }

  /** True if members of a module may state an access that was not read. */
  #isAccessUnclear(module: JsonObject): boolean {
    const names = Object.keys(module).filter((name) => name !== "access" && !isExtension(name));
    if (names.some((name) => name === MERGE_KEY || nearest(name, MEMBERS.module) === "access")) return true;
    const access = own(module, "access");
    if (access === undefined) return false;
    const items = [access].flat();
    const modes = items.flatMap((item) => modeIn(item) ?? []);
    return modes.length < items.length || areContradictory(modes);
  }

  #areas(items: readonly (readonly [item: unknown, pointer: string])[]): MappedArea[] {
    const areas = new Map<string, MappedArea>();
    for (const [item, at] of items) {
      const area = this.#area(item, at);
      if (area === undefined) continue;
      const known = areas.get(area.name);
      if (known === undefined) areas.set(area.name, area);
      else if (area.ownership !== undefined && known.ownership !== area.ownership) {
        if (known.ownership === undefined) areas.set(area.name, { ...known, ownership: area.ownership });
        else
          this.check.complain(
            at,
            "This area is listed before, with another ownership; only that one counts.",
          );
      }
    }
    return [...areas.values()];
  }

  /** {area, ownership}, or the area alone. */
  #area(item: unknown, pointer: string): MappedArea | undefined {
    if (typeof item === "string" && item.trim() !== "") return this.#named(item.trim(), pointer);
    const stated = this.check.object(item, pointer, "An area", MEMBERS.area);
    if (stated === undefined) return undefined;
    const spelling = this.check.text(stated, pointer, "area", true);
    const ownership = this.#ownership(stated, pointer);
    if (spelling === undefined) return undefined;
    const area = this.#named(spelling, pointer);
    return area && { ...area, ...(ownership && { ownership }) };
  }

  #named(spelling: string, pointer: string): MappedArea | undefined {
    if (!namesNoArea(spelling)) return { name: areaName(spelling), spelling, pointer };
    this.check.complain(
      pointer,
      "This names no PSG area.",
      "An area is named like psg.plan_steps, or acme:ledger.",
    );
    return undefined;
  }

  #ownership(area: JsonObject, pointer: string): Ownership | undefined {
    const spelling = this.check.text(area, pointer, "ownership");
    const ownership = spelling === undefined ? undefined : ownershipOf(spelling);
    if (spelling !== undefined && ownership === undefined)
      this.check.complain(`${pointer}/ownership`, `ownership must be one of ${OWNERSHIPS.join(", ")}.`);
    return ownership;
  }

  /** The events, each once; one family may have several levels. */
  #events(module: JsonObject, pointer: string): MappedEvent[] {
    const events = this.check.items(module, pointer, "events").flatMap(([item, at]) => this.#event(item, at));
    return uniqueBy(events, ({ family, level = "" }) => `${family} ${level}`);
  }

  /** {family, level}, or the family alone. */
  #event(item: unknown, pointer: string): MappedEvent[] {
    const isName = typeof item === "string" && item.trim() !== "";
    const stated = isName ? { family: item } : this.check.object(item, pointer, "An event", MEMBERS.event);
    const spelling = stated && this.check.text(stated, pointer, "family", true);
    if (stated === undefined || spelling === undefined) return [];
    const level = this.#level(stated, pointer);
    const family = familyOf(spelling);
    if (!FAMILIES.some((known) => known === family)) {
      const meant = nearest(spelling, FAMILIES);
      this.check.complain(
        isName ? pointer : `${pointer}/family`,
        "This is not an event family.",
        meant && `Is it ${meant}?`,
      );
    }
    return [{ family, ...(level && { level }), pointer }];
  }

  #level(event: JsonObject, pointer: string): EventLevel | undefined {
    const spelling = this.check.text(event, pointer, "level");
    const level = spelling === undefined ? undefined : LEVEL_ALIASES.get(spelling.toUpperCase());
    if (spelling !== undefined && level === undefined)
      this.check.complain(`${pointer}/level`, `level must be one of ${EVENT_LEVELS.join(", ")}.`);
    return level;
  }

  #learning(module: JsonObject, pointer: string): MappedLearning[] {
    const families = this.check.items(module, pointer, "learning").flatMap(([item, at]) => {
      const isText = typeof item === "string" && item.trim() !== "";
      if (!isText) this.check.complain(at, "A learning family must be text.");
      return isText ? [{ family: snakeCase(item), pointer: at }] : [];
    });
    return uniqueBy(families, ({ family }) => family);
  }

  #attestation(item: unknown, pointer: string): Attestation[] {
    const stated = this.check.object(item, pointer, "An attestation", MEMBERS.attestation);
    if (stated === undefined) return [];
    const spelling = this.check.text(stated, pointer, "clause", true);
    const statement = this.check.text(stated, pointer, "statement", true);
    const evidence = this.check.text(stated, pointer, "evidence");
    const clause = clauseNamed(spelling);
    if (spelling !== undefined && clause === undefined)
      this.check.complain(`${pointer}/clause`, "This is not the id of a clause.", "Ids look like RG-7.1-4.");
    if (clause === undefined || statement === undefined) return [];
    return [{ clause, statement, ...(evidence !== undefined && { evidence }), pointer }];
  }
}

/** True if an item in a list of areas is a placeholder for a name. */
function isAreaPlaceholder(item: unknown): boolean {
  const spelling = isJsonObject(item) ? own(item, "area") : item;
  return typeof spelling === "string" && namesNoArea(spelling);
}

/** A component in any list; under `components`, also a name that is neither a component nor a module. */
function isComponent({ standing, pointer }: MappedModule): boolean {
  return standing === "component" || (standing !== "module" && pointer.startsWith("/components/"));
}

function modeIn(item: unknown): AccessMode | undefined {
  return typeof item === "string" ? accessModeOf(item)?.mode : undefined;
}

function areContradictory([first, ...others]: readonly AccessMode[]): boolean {
  return first !== undefined && others.some((mode) => areOpposed(first, mode));
}

const CONTRADICTORY_ACCESS = "The document gives this module two accesses that contradict each other.";
const NONE_OR_AREAS = "Leave the areas out, or say how the module accesses them: READ, WRITE or READ-WRITE.";
const ONE_ACCESS = "State one access of each module: READ, WRITE, READ-WRITE or NONE.";

const VENDOR_HINT = "A vendor's own module has a name with : or . or / in it.";

function snakeCase(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
}

function uniqueBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size < seen.add(keyOf(item)).size);
}
