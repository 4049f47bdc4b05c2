import type { Ownership } from "../model/mapping.js";
import {
  type Component,
  type L2Module,
  REFERENCE_COMPONENTS,
  REFERENCE_MODULES,
  type ReferenceModule,
  WHOLE_GRAPH,
} from "./reference-modules.js";

/** Other names of an area in the documents; a mapping may use them (G-10). */
export const AREA_ALIASES = {
  plan_edges: ["dependencies", "edges"],
  trace_spans: ["spans"],
  role_assignments: ["assignments"],
  plugin_registry: ["plugins"],
  dialog_messages: ["messages"],
  handoff_edges: ["handoffs"],
  governance_rules: ["governance"],
  integration_status: ["integrations"],
  stage_nodes: ["stages"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const CANONICAL: ReadonlyMap<string, string> = new Map([
  ...Object.entries(AREA_ALIASES).flatMap(([area, aliases]) =>
    aliases.map((alias) => [alias, area] as const),
  ),
  ...["*", "all", "everything", "graph", "entire_graph", "whole_graph", "entire_psg", "psg"].map(
    (alias) => [alias, WHOLE_GRAPH] as const,
  ),
]);

/** The canonical name of an area: "psg.Plan Steps", "planSteps" and "psg.plan_steps[step_id]" are plan_steps. */
export function areaName(spelling: string): string {
  const name = spelling
    .trim()
    .replace(/^the\s+/i, "")
    .replace(/^psg\./i, "")
    .replace(/(?<=.)[[{(<].*$/s, "")
    .replace(/(?<=\w)\.?\*$/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  return CANONICAL.get(name) ?? name;
}

/** Text that people write if they have not decided yet, or if there is nothing to name. */
const NO_NAMES =
  /^(?:none(?:yet)?|not?|na|nil|null|nothing|empty|unknown|various|tb[adc]|tobe\w*|todo.*|fixme.*|fillin|see\w*|your\w*|placeholders?|dummy|foo|bar|baz|areas?|psg|x+|)$/;
/** After "psg." a name follows, and almost any word may be a name: psg.todo_items, psg.unknown. */
const NO_NAMES_IN_PSG = /^(?:none|na|tb[adc]|todo|fixme|placeholder|areas?|x+|)$/;

/** True if the spelling does not name an area: "(none)", "n/a", "???", "TODO: name them", "psg.", "psg.x". */
export function namesNoArea(spelling: string): boolean {
  const text = spelling.trim().toLowerCase();
  if (/^(?:psg\.)?\*$/.test(text) || text === "psg") return false;
  const isInPsg = text.startsWith("psg.");
  const name = (isInPsg ? text.slice(4) : text).replace(/[^\p{L}\p{N}]/gu, "");
  return (isInPsg ? NO_NAMES_IN_PSG : NO_NAMES).test(name);
}

/** The owner of an area in the reference, and its kind of ownership; undefined for unknown areas. */
export function referenceOwner(
  area: string,
): { readonly module: L2Module | Component; readonly ownership: Ownership } | undefined {
  return OWNERS.get(area);
}

const OWNERS: ReadonlyMap<string, { module: L2Module | Component; ownership: Ownership }> = new Map(
  (
    Object.entries({ ...REFERENCE_MODULES, ...REFERENCE_COMPONENTS }) as [
      L2Module | Component,
      ReferenceModule,
    ][]
  ).flatMap(([module, { areas }]) =>
    Object.entries(areas).map(([area, { ownership }]) => [area, { module, ownership }] as const),
  ),
);
