import {
  CROSSCUT_BINDINGS,
  CROSSCUTS,
  type CrosscutEvent,
  type EventQualifier,
} from "../../mapping/crosscuts.js";
import type { CrosscutRow, Examined, Kept, Observed } from "../../model/rule.js";
import type { MappingSubject } from "../../model/subject.js";
import { EVENT_FAMILIES } from "../../protocol/fields/families.js";
import type { MplpLogRule } from "../shared/define.js";
import { firstIn } from "../shared/log/order.js";

/** What a mapping names: the areas. An event is shown by its key alone. */
type Shown = readonly string[];

/**
 * RG-6-1: which of the nine crosscuts the mapping and the log show. One is bound by an area and an event, or by what
 * section 6 itself names. Coverage only: nothing is ever missing.
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
  observe: (examined) => {
    const { subject } = examined;
    if (subject.kind === "event") return eventShown(subject.family, examined);
    if (subject.kind === "profile-event") return MAP_PROFILE_SHOWN;
    return subject.kind === "mapping" ? mappingShown(subject) : undefined;
  },
  combine: (earlier, later) =>
    later.value.every((area) => earlier.value.includes(area))
      ? earlier
      : { ...earlier, value: [...new Set([...earlier.value, ...later.value])] },
  checks: () => 0,
  conclude: (kept, { leaveOpen, listCrosscut, show }) => {
    const [mapping] = kept.of(MAPPING);
    // A log alone binds nothing to the PSG.
    if (mapping === undefined) return;
    const rows = CROSSCUTS.map((crosscut) => rowOf(crosscut, mapping.value, kept));
    for (const row of rows) listCrosscut(row);
    const unbound = rows.filter(({ isBound }) => !isBound).map(({ crosscut }) => crosscut);
    const first = firstIn([...kept.groups()].flatMap(([, observations]) => [...observations]));
    if (first !== undefined) show(rows.length - unbound.length, first.at);
    if (unbound.length > 0)
      leaveOpen("RG-6-1", `neither mapping nor log shows what binds ${unbound.join(", ")}`);
  },
};

const MAPPING = "mapping";
const NO_AREAS: Shown = [];
const MAP_PROFILE_SHOWN: Observed<Shown> = { key: "map_profile", value: NO_AREAS };
const AREAS: ReadonlySet<string> = new Set(CROSSCUTS.flatMap((name) => CROSSCUT_BINDINGS[name].areas));

/** The key of a family, or of those of its events that some concerns are about. */
function keyOf(family: string, only?: EventQualifier): string {
  return only === undefined ? family : `${family} ${only}`;
}

function shownAs(only?: EventQualifier): ReadonlyMap<string | undefined, Observed<Shown>> {
  return new Map(EVENT_FAMILIES.map((family) => [family, { key: keyOf(family, only), value: NO_AREAS }]));
}

const FAMILY_SHOWN = shownAs();
const BULK_SHOWN = shownAs("bulk");
const FAILED_SHOWN = shownAs("failed");

function eventShown(family: string | undefined, { event }: Examined): Observed<Shown> | undefined {
  if (family === "graph_update" && event.update_kind === "bulk") return BULK_SHOWN.get(family);
  const status = family === "pipeline_stage" ? event.stage_status : event.status;
  const mayFail = family === "pipeline_stage" || family === "runtime_execution";
  return (mayFail && status === "failed" ? FAILED_SHOWN : FAMILY_SHOWN).get(family);
}

function mappingShown({ mapping }: MappingSubject): Observed<Shown> | undefined {
  const { modules, components, isPart } = mapping;
  if (isPart === true) return undefined;
  const areas = [...modules, ...components].flatMap((module) => module.areas.map(({ name }) => name));
  return { key: MAPPING, value: [...new Set(areas.filter((area) => AREAS.has(area)))] };
}

function rowOf(crosscut: (typeof CROSSCUTS)[number], named: Shown, kept: Kept<Shown>): CrosscutRow {
  const binding = CROSSCUT_BINDINGS[crosscut];
  const areas = binding.areas.filter((area) => named.includes(area));
  const all: readonly CrosscutEvent[] = binding.events === "all" ? EVERY_EVENT : binding.events;
  const shown = all.filter((event) => isShown(event, kept));
  // Of some concerns section 6 names no event, but what is in the graph.
  const isNamedByArea = !all.some(({ isNamed }) => isNamed) && areas.length > 0;
  const isBound =
    isNamedByArea || shown.some(({ isNamed }) => isNamed) || (areas.length > 0 && shown.length > 0);
  return { crosscut, areas, events: shown.map(({ family }) => family), isBound };
}

/** "All observability events". */
const EVERY_EVENT: readonly CrosscutEvent[] = EVENT_FAMILIES.map((family) => ({
  family,
  level: "OPTIONAL",
  isNamed: true,
}));

const QUALIFIERS: readonly EventQualifier[] = ["bulk", "failed"];

function isShown({ family, only }: CrosscutEvent, kept: Kept<Shown>): boolean {
  const keys = only === undefined ? [undefined, ...QUALIFIERS] : [only];
  return keys.some((qualifier) => kept.of(keyOf(family, qualifier)).length > 0);
}
