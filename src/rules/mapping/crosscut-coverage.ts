import type { CrosscutRow, Examined, Observed } from "../../model/rule.js";
import { CROSSCUT_BINDINGS, CROSSCUTS } from "../../spec/crosscuts.js";
import { EVENT_FAMILIES } from "../../spec/families.js";
import type { MplpLogRule } from "../define.js";

/** What a log emits, and which areas the mappings name. */
interface Shown {
  readonly families: readonly string[];
  readonly areas: readonly string[];
  readonly hasMapping: boolean;
}

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
  store: "map",
  order: "log",
  atLeast: 1,
  observe: (examined) => observed(examined),
  combine: (earlier, later) => ({
    ...earlier,
    value: {
      families: union(earlier.value.families, later.value.families),
      areas: union(earlier.value.areas, later.value.areas),
      hasMapping: earlier.value.hasMapping || later.value.hasMapping,
    },
  }),
  checks: (_key, [shown]) => (shown === undefined ? 0 : rowsOf(shown.value).filter(isBound).length),
  judge: (_key, [shown], { listCrosscut }) => {
    for (const row of shown === undefined ? [] : rowsOf(shown.value)) listCrosscut(row);
  },
};

const KEY = "crosscuts";

function observed({ subject }: Examined): Observed<Shown> | undefined {
  if (subject.kind === "event" && subject.family !== undefined)
    return {
      key: KEY,
      value: { families: FAMILIES.has(subject.family) ? [subject.family] : [], areas: [], hasMapping: false },
    };
  if (subject.kind === "profile-event" && subject.profile === "map")
    return { key: KEY, value: { families: ["map_profile"], areas: [], hasMapping: false } };
  if (subject.kind !== "mapping") return undefined;
  const { modules, components } = subject.mapping;
  const areas = [...modules, ...components].flatMap((module) => module.areas.map(({ name }) => name));
  const known = union(
    [],
    areas.filter((area) => AREAS.has(area)),
  );
  return { key: KEY, value: { families: [], areas: known, hasMapping: true } };
}

const FAMILIES: ReadonlySet<string> = new Set(EVENT_FAMILIES);
const AREAS: ReadonlySet<string> = new Set(CROSSCUTS.flatMap((name) => CROSSCUT_BINDINGS[name].areas));

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.every((item) => a.includes(item)) ? a : [...new Set([...a, ...b])];
}

/** One row for each crosscut; none without a mapping, since a log alone binds nothing to the PSG. */
function rowsOf({ families, areas, hasMapping }: Shown): CrosscutRow[] {
  if (!hasMapping) return [];
  return CROSSCUTS.map((crosscut) => {
    const { areas: bound, events } = CROSSCUT_BINDINGS[crosscut];
    const wanted: readonly string[] = events === "all" ? EVENT_FAMILIES : events.map(({ family }) => family);
    return {
      crosscut,
      areas: bound.filter((area) => areas.includes(area)),
      events: wanted.filter((family) => families.includes(family)),
    };
  });
}

function isBound({ areas, events }: CrosscutRow): boolean {
  return areas.length > 0 && events.length > 0;
}
