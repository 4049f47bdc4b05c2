import { nearest } from "../../model/nearest.js";
import { renamesIn, vocabularyOf } from "../../model/spelling.js";
import type { JsonObject, Rename } from "../../model/subject.js";

/** The twelve values of event_family (PS 4.2). */
export const EVENT_FAMILIES = [
  "graph_update",
  "pipeline_stage",
  "runtime_execution",
  "import_process",
  "intent",
  "delta_intent",
  "impact_analysis",
  "compensation_plan",
  "methodology",
  "reasoning_graph",
  "cost_budget",
  "external_integration",
] as const;

export type EventFamily = (typeof EVENT_FAMILIES)[number];

const KNOWN: ReadonlySet<string> = new Set(EVENT_FAMILIES);

/** True if the value is one of the twelve families. */
export function isEventFamily(value: unknown): value is EventFamily {
  return typeof value === "string" && KNOWN.has(value);
}

/** The families with their own schema; all others are checked against the core schema. */
export type StructuredFamily = "graph_update" | "pipeline_stage" | "runtime_execution";

/** The four fields that every event carries (PS 4.1). */
export const CORE_FIELDS = ["event_id", "event_type", "event_family", "timestamp"] as const;

/** Fields that each structured family adds (PS 5.1, 6.1, 7.1). */
export const FAMILY_FIELDS = {
  graph_update: ["graph_id", "update_kind", "node_delta", "edge_delta", "source_module"],
  pipeline_stage: ["pipeline_id", "stage_id", "stage_status", "stage_name", "stage_order"],
  runtime_execution: ["execution_id", "executor_kind", "executor_role", "status"],
} as const satisfies Record<StructuredFamily, readonly string[]>;

/** Integration events have these fields too, so their presence alone does not show the family. */
const AMBIGUOUS: ReadonlySet<string> = new Set(["pipeline_id", "status"]);

/** Fields of exactly one event family: an object with one of them is an event (PS-4.1-1). */
const TELLING_FIELDS: readonly string[] = Object.values(FAMILY_FIELDS)
  .flat()
  .filter((field) => !AMBIGUOUS.has(field));

/** The structured family that the fields of an event belong to; undefined if they belong to none, or to several. */
export function familyOfFields(event: JsonObject): StructuredFamily | undefined {
  const families = Object.keys(FAMILY_FIELDS) as StructuredFamily[];
  const [family, other] = families.filter((name) =>
    FAMILY_FIELDS[name].some((field) => !AMBIGUOUS.has(field) && event[field] !== undefined),
  );
  return other === undefined ? family : undefined;
}

/** True if an object without event_family is still an event: two core fields, or a telling one (PS-4.1-1). */
export function looksLikeEvent(value: JsonObject): boolean {
  return hasEnvelope(value) || TELLING_FIELDS.some((field) => value[field] !== undefined);
}

/** True if the object has two or more core fields, which make it an event whatever else it has. */
export function hasEnvelope(value: JsonObject): boolean {
  return CORE_FIELDS.filter((field) => value[field] !== undefined).length >= 2;
}

const CORE_WORDS = vocabularyOf(CORE_FIELDS);

/** The core fields that an object has only in another spelling (PS-4.1-1). */
export function respelledCore(value: JsonObject): readonly Rename[] {
  return renamesIn(value, CORE_WORDS);
}

/**
 * True if respelled core fields make the object an event: two of them, or a known family beside another core field.
 * Only text counts, because the EventId in many application logs is a number.
 */
export function isRespelledEvent(value: JsonObject, renames: readonly Rename[]): boolean {
  if (renames.filter(({ found }) => typeof value[found] === "string").length >= 2) return true;
  return hasRespelledFamily(value, renames) && CORE_FIELDS.some((field) => value[field] !== undefined);
}

/** True if the object has one of the twelve families under another name. */
export function hasRespelledFamily(value: JsonObject, renames: readonly Rename[]): boolean {
  return renames.some(({ field, found }) => field === "event_family" && isEventFamily(value[found]));
}

const FAMILY = /event([^a-z0-9]{0,2})family/i;
/**
 * This number of core fields between the same texts cannot be a coincidence: last_event_family may stand in any record.
 */
const ENOUGH = 3;

/**
 * True if the object has a family and other core fields under names with the same text before or after them:
 * acme_event_family, @event_family, event_family_v1. Even a character that nobody sees may stand there.
 */
export function hasAffixedFamily(value: JsonObject): boolean {
  const families = Object.entries(value).filter(([name]) => FAMILY.test(name));
  if (families.length === 0) return false;
  const names = new Set(Object.keys(value).map((name) => name.toLowerCase()));
  return families.some(
    ([name, family]) =>
      typeof family === "string" &&
      intendedFamily(family) !== undefined &&
      isAmongCore(name.toLowerCase(), names),
  );
}

/** True if others of these names are those of core fields between the same texts as the family of this name. */
function isAmongCore(name: string, names: ReadonlySet<string>): boolean {
  const [written = "", sign = ""] = FAMILY.exec(name) ?? [];
  const [before = "", behind = ""] = name.split(written, 2);
  const others = new Set([`event${sign}id`, `event${sign}type`, "timestamp", `time${sign}stamp`]);
  const found = [...others].filter((other) => names.has(before + other + behind));
  return before + behind !== "" && found.length + 1 >= ENOUGH;
}

const CLASS_NAMES: ReadonlyMap<string, EventFamily> = new Map([
  ["costandbudget", "cost_budget"],
  ["reasoning", "reasoning_graph"],
  ["integration", "external_integration"],
]);

/** The family that a misspelled or class-style name clearly means (GraphUpdateEvent); otherwise undefined. */
export function intendedFamily(value: string): EventFamily | undefined {
  const words = value
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/^x?mplp/, "")
    .replace(/events?$/, "");
  const known =
    EVENT_FAMILIES.find((family) => family.replaceAll("_", "") === words) ?? CLASS_NAMES.get(words);
  return known ?? nearest(value, EVENT_FAMILIES);
}
