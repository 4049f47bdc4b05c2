import type { CrosscutRow, Kept, Observed } from "../../model/rule.js";
import type { MappingSubject } from "../../model/subject.js";
import { CROSSCUT_BINDINGS, CROSSCUTS } from "../../spec/crosscuts.js";
import { EVENT_FAMILIES } from "../../spec/families.js";
import type { MplpLogRule } from "../define.js";
import { firstIn } from "../log/order.js";

/** What a mapping names: the areas. An event family is shown by its key alone. */
type Shown = readonly string[];

/**
 * RG-6-1: which of the nine crosscuts the mapping and the log show: an area that is bound to it, or an
 * event. Coverage only: nothing is ever missing.
 */
export const crosscutCoverage: MplpLogRule<Shown> = {
  evidence: "log",
  id: "crosscut-coverage",
  clauses: ["RG-6-1"],
  title: "Crosscuts are bound to areas and events",
  why: "A concern that cuts across all modules is easily nobody's: the table says where it shows.",
  fix: "Nothing has to be done; areas and events for each crosscut make the mapping say more.",
  scopes: ["event", "map", "mapping"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: ({ subject }) => {
    if (subject.kind === "event") return FAMILY_SHOWN.get(subject.family);
    if (subject.kind === "profile-event") return MAP_PROFILE_SHOWN;
    return subject.kind === "mapping" ? mappingShown(subject) : undefined;
  },
  combine: (earlier, later) =>
    later.value.every((area) => earlier.value.includes(area))
      ? earlier
      : { ...earlier, value: [...new Set([...earlier.value, ...later.value])] },
  checks: () => 0,
  conclude: (kept, { listCrosscut, show }) => {
    const [mapping] = kept.of(MAPPING);
    // A log alone binds nothing to the PSG.
    if (mapping === undefined) return;
    const rows = CROSSCUTS.map((crosscut) => rowOf(crosscut, mapping.value, kept));
    for (const row of rows) listCrosscut(row);
    const bound = rows.filter(({ areas, events }) => areas.length > 0 && events.length > 0).length;
    const first = firstIn([...kept.keys()].flatMap((key) => kept.of(key)));
    if (bound > 0 && first !== undefined) show(bound, first.at);
  },
};

const MAPPING = "mapping";
const NO_AREAS: Shown = [];
const MAP_PROFILE_SHOWN: Observed<Shown> = { key: "map_profile", value: NO_AREAS };
const FAMILY_SHOWN: ReadonlyMap<string | undefined, Observed<Shown>> = new Map(
  EVENT_FAMILIES.map((family) => [family, { key: family, value: NO_AREAS }]),
);
const AREAS: ReadonlySet<string> = new Set(CROSSCUTS.flatMap((name) => CROSSCUT_BINDINGS[name].areas));

function mappingShown({ mapping }: MappingSubject): Observed<Shown> {
  const { modules, components } = mapping;
  const areas = [...modules, ...components].flatMap((module) => module.areas.map(({ name }) => name));
  return { key: MAPPING, value: [...new Set(areas.filter((area) => AREAS.has(area)))] };
}

function rowOf(crosscut: (typeof CROSSCUTS)[number], named: Shown, kept: Kept<Shown>): CrosscutRow {
  const { areas, events } = CROSSCUT_BINDINGS[crosscut];
  const wanted: readonly string[] = events === "all" ? EVENT_FAMILIES : events.map(({ family }) => family);
  return {
    crosscut,
    areas: areas.filter((area) => named.includes(area)),
    events: wanted.filter((family) => kept.of(family).length > 0),
  };
}
