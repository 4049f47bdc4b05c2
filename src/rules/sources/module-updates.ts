import { standingOf } from "../../mapping/names.js";
import type { Examined } from "../../model/examined.js";
import { ACCESS_MODES } from "../../model/mapping.js";
import type { Observed } from "../../model/source.js";
import type { MappingSubject } from "../../model/subject.js";
import { withoutSecrets } from "../../privacy/mask.js";
import { wholeColumn } from "../shared/source/columns.js";
import { list, nameOf, object, optional, pointer, text, type ValueOf } from "../shared/source/forms.js";
import { row } from "../shared/source/rows.js";
import { source } from "../shared/source/source.js";

/** A mode that the mapping states, in a way that nobody can read. */
export const UNCLEAR = "UNCLEAR";

/** What a mapping says of one of its modules. */
const documented = object({ name: text, mode: optional(nameOf([...ACCESS_MODES, UNCLEAR])), pointer });
export type DocumentedModule = ValueOf<typeof documented>;

/** Of a mapping which delivery it is, and its modules. */
const form = row({ delivery: wholeColumn }, { modules: list(documented) });
const UPDATE = form.write({ delivery: 0 });

/** One key for all mappings, and one for each source_module. */
export const MAPPING = "mapping";
const MODULE = "module ";
const UNNAMED = "unnamed";

/** The graph_updates of each module, and the modules of each mapping. */
export const moduleUpdates = source({
  of: ["graph_update", "mapping"],
  value: form,
  keep: "all",
  // A mapping is no event: its parts have been read already.
  observe: ({ record, subject, event }) => {
    if (subject.kind === "mapping") return observeMapping(record, subject);
    if (subject.kind !== "event" || subject.family !== "graph_update") return undefined;
    const { source_module: module } = event;
    return { key: typeof module === "string" ? MODULE + nameIn(module) : UNNAMED, value: UPDATE };
  },
});

function observeMapping(
  { digests }: Examined["record"],
  { mapping: { modules, components, isPart } }: MappingSubject,
): Observed<number | readonly number[]> | undefined {
  if (isPart === true) return undefined;
  const attachment: readonly DocumentedModule[] = [...modules, ...components].map(
    ({ name, access, hasUnclearAccess, pointer }) => ({
      name,
      ...(access !== undefined && { mode: access.mode }),
      ...(hasUnclearAccess && { mode: UNCLEAR }),
      pointer: access?.pointer ?? pointer,
    }),
  );
  return { key: MAPPING, value: form.write({ delivery: digests.delivery }), attachment };
}

/** In lower case a secret is hard to know, and easy to guess. */
function nameIn(module: string): string {
  const shown = withoutSecrets(module);
  return shown === module ? standingOf(module).name : shown;
}

/** The module of a key; undefined where updates give none, or one that is too long to be kept. */
export function moduleOf(key: string): string | undefined {
  return key.startsWith(MODULE) ? key.slice(MODULE.length) : undefined;
}
