import { CROSSCUT_BINDINGS, CROSSCUTS, type EventQualifier } from "../../mapping/crosscuts.js";
import type { Examined } from "../../model/examined.js";
import type { Observed } from "../../model/source.js";
import type { MappingSubject } from "../../model/subject.js";
import { EVENT_FAMILIES } from "../../protocol/fields/families.js";
import { list, text } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

/** What a mapping names: the areas. An event is shown by its key alone. */
type Areas = readonly string[];

export const MAPPING = "mapping";

/** Which areas the mappings name, and which kinds of events the log shows. */
export const crosscutsShown = source({
  of: ["event", "map", "mapping"],
  value: list(text),
  keep: {
    merge: (earlier, later) =>
      later.value.every((area) => earlier.value.includes(area))
        ? earlier
        : { ...earlier, value: [...new Set([...earlier.value, ...later.value])] },
  },
  // Of events only the key is kept, of mappings the areas.
  observe: (examined) => {
    const { subject } = examined;
    if (subject.kind === "event") return eventShown(subject.family, examined);
    if (subject.kind === "profile-event") return MAP_PROFILE_SHOWN;
    return subject.kind === "mapping" ? mappingShown(subject) : undefined;
  },
});

const NO_AREAS: Areas = [];
const MAP_PROFILE_SHOWN: Observed<Areas> = { key: "map_profile", value: NO_AREAS };
const AREAS: ReadonlySet<string> = new Set(CROSSCUTS.flatMap((name) => CROSSCUT_BINDINGS[name].areas));

/** The key of a family, or of those of its events that some concerns are about. */
export function keyOf(family: string, only?: EventQualifier): string {
  return only === undefined ? family : `${family} ${only}`;
}

function shownAs(only?: EventQualifier): ReadonlyMap<string | undefined, Observed<Areas>> {
  return new Map(EVENT_FAMILIES.map((family) => [family, { key: keyOf(family, only), value: NO_AREAS }]));
}

const FAMILY_SHOWN = shownAs();
const BULK_SHOWN = shownAs("bulk");
const FAILED_SHOWN = shownAs("failed");

function eventShown(family: string | undefined, { event }: Examined): Observed<Areas> | undefined {
  if (family === "graph_update" && event.update_kind === "bulk") return BULK_SHOWN.get(family);
  const status = family === "pipeline_stage" ? event.stage_status : event.status;
  const mayFail = family === "pipeline_stage" || family === "runtime_execution";
  return (mayFail && status === "failed" ? FAILED_SHOWN : FAMILY_SHOWN).get(family);
}

function mappingShown({ mapping }: MappingSubject): Observed<Areas> | undefined {
  const { modules, components, isPart } = mapping;
  if (isPart === true) return undefined;
  const areas = [...modules, ...components].flatMap((module) => module.areas.map(({ name }) => name));
  return { key: MAPPING, value: [...new Set(areas.filter((area) => AREAS.has(area)))] };
}
