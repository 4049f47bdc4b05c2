import type { MappedModule } from "../model/mapping.js";
import { nearest } from "../model/nearest.js";
import { EVENT_FAMILIES, intendedFamily } from "../protocol/fields/families.js";
import { L2_MODULES, moduleStanding, normalisedModule } from "../protocol/fields/modules.js";
import { COMPONENTS } from "./reference-modules.js";

/**
 * The canonical name of an L2 module or component, for the spellings of tables and headings; undefined for other
 * words. PSG is such a word: a heading of that name is about the graph.
 */
export function documentedModule(spelling: string): string | undefined {
  const { name } = standingOf(spelling);
  const isGraph = normalisedModule(spelling) === "psg";
  return isGraph ? undefined : [...L2_MODULES, ...COMPONENTS].find((known) => known === name);
}

/** Shorter names of components in logs and documents (spec-conflict G-12). */
const COMPONENT_ALIASES: ReadonlyMap<string, string> = new Map([
  ["psg", "psg_runtime"],
  ["pipeline", "pipeline_controller"],
]);

type Standing = Pick<MappedModule, "name" | "standing">;

/** Every graph_update names a module, and a log names only a few; the cache is bounded. */
const KNOWN = new Map<string, Standing>();
const MAX_KNOWN = 1000;
const MAX_NAME_LENGTH = 64;

/** The meaning of a name in a mapping. A log's source_module has the same name if it means the same. */
export function standingOf(spelling: string): Standing {
  const known = KNOWN.get(spelling);
  if (known !== undefined) return known;
  const standing = standingFound(spelling);
  if (KNOWN.size < MAX_KNOWN && spelling.length <= MAX_NAME_LENGTH) KNOWN.set(spelling, standing);
  return standing;
}

function standingFound(spelling: string): Standing {
  const plain = normalisedModule(spelling);
  const name = COMPONENT_ALIASES.get(plain) ?? plain;
  if (L2_MODULES.some((known) => known === name)) return { name, standing: "module" };
  if (moduleStanding(name) === "known") return { name, standing: "component" };
  if (moduleStanding(spelling) === "vendor") return { name: spelling.trim(), standing: "vendor" };
  return { name: plain, standing: "unknown" };
}

/** The families that a mapping may name: the values of event_family, and the events of the two profiles. */
export const FAMILIES = [...EVENT_FAMILIES, "map_profile", "sa_profile"] as const;

/** "GraphUpdateEvent" and "graph-update" give graph_update; a misspelled family stays unchanged. */
export function familyOf(spelling: string): string {
  const letters = lettersOf(spelling).replace(/(?:profile)?events?$/, "");
  const known = FAMILIES.find(
    (family) => lettersOf(family) === letters || lettersOf(family) === `${letters}profile`,
  );
  if (known !== undefined) return known;
  const meant = intendedFamily(spelling);
  return meant === undefined || nearest(spelling, EVENT_FAMILIES) === meant ? spelling : meant;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, "");
}
