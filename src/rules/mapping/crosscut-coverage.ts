import {
  CROSSCUT_BINDINGS,
  CROSSCUTS,
  type CrosscutEvent,
  type EventQualifier,
} from "../../mapping/crosscuts.js";
import type { CrosscutRow, Kept } from "../../model/rule.js";
import { EVENT_FAMILIES } from "../../protocol/fields/families.js";
import { logRule } from "../shared/define.js";
import { firstIn } from "../shared/log/order.js";
import { crosscutsShown, keyOf, MAPPING } from "../sources/crosscuts.js";

/**
 * RG-6-1: which of the nine crosscuts the mapping and the log show. One is bound by an area and an event, or by what
 * section 6 itself names. Coverage only: nothing is ever missing.
 */
export const crosscutCoverage = logRule({
  id: "crosscut-coverage",
  clauses: ["RG-6-1"],
  title: "Crosscuts are bound to areas and events",
  why: "Nobody may feel responsible for a concern that cuts across all modules: the table says where each one appears.",
  fix: "You need not change anything; areas and events for each crosscut make the mapping say more.",
  source: crosscutsShown,
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
});

function rowOf(
  crosscut: (typeof CROSSCUTS)[number],
  named: readonly string[],
  kept: Kept<readonly string[]>,
): CrosscutRow {
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

function isShown({ family, only }: CrosscutEvent, kept: Kept<readonly string[]>): boolean {
  const keys = only === undefined ? [undefined, ...QUALIFIERS] : [only];
  return keys.some((qualifier) => kept.of(keyOf(family, qualifier)).length > 0);
}
