import {
  type IntegrationFacet,
  type IntegrationKind,
  isJsonObject,
  type JsonObject,
} from "../model/subject.js";
import { intendedFamily, isEventFamily, looksLikeEvent } from "./families.js";

/** The fields by which the four integration kinds are told apart, of those their schemas require. */
const DISCRIMINATING: Readonly<Record<IntegrationKind, readonly string[]>> = {
  tool_event: ["tool_id", "tool_kind", "invocation_id"],
  file_update_event: ["file_path", "change_type"],
  git_event: ["repo_url", "commit_id", "ref_name", "event_kind"],
  ci_event: ["ci_provider", "pipeline_id", "run_id"],
};

/** What else their schemas require, shared with other objects and so no sign of a kind by itself. */
const ALSO_REQUIRED: Readonly<Record<IntegrationKind, readonly string[]>> = {
  tool_event: ["status"],
  file_update_event: ["timestamp"],
  git_event: ["timestamp"],
  ci_event: ["status"],
};

/** Names that event_type takes for each kind in the specification and its taxonomy: hints, no more. */
const TYPE_NAMES: ReadonlyMap<string, IntegrationKind> = new Map([
  ["tool_event", "tool_event"],
  ["tool_execution", "tool_event"],
  ["file_update_event", "file_update_event"],
  ["file_update", "file_update_event"],
  ["git_event", "git_event"],
  ["git_operation", "git_event"],
  ["ci_event", "ci_event"],
  ["ci_pipeline", "ci_event"],
]);

export const INTEGRATION_KINDS = Object.keys(DISCRIMINATING) as readonly IntegrationKind[];

/** One field of each kind that none of its complete events lacks. */
export const LEADING_FIELDS: readonly string[] = INTEGRATION_KINDS.flatMap((kind) =>
  DISCRIMINATING[kind].slice(0, 1),
);

/** The integration event in an event's payload, if the payload is one (IS 5.1). */
export function payloadFacet(event: JsonObject): IntegrationFacet | undefined {
  const payload = event.payload;
  if (!isJsonObject(payload)) return undefined;
  const family = event.event_family;
  const isOwn = family === "external_integration";
  const isKnown = isEventFamily(family);
  if (isKnown && !isOwn && LEADING_FIELDS.every((field) => payload[field] === undefined)) return undefined;
  const kind = kindOf(payload, event.event_type);
  if (kind === undefined) return undefined;
  if (isOwn) return wrapped(kind, payload, "external_integration");
  const isMeant = !isKnown && typeof family === "string" && intendedFamily(family) === "external_integration";
  // Other families have payloads of their own shape: only a complete integration event is one.
  if (!isMeant && !isComplete(kind, payload)) return undefined;
  return wrapped(kind, payload, isKnown ? "other-family" : "misspelled-family");
}

/**
 * The record itself, where it is an integration event without an envelope. Beside fields of other
 * events only a complete one is: "two fields of a CI event" may be fields of a pipeline stage.
 */
export function bareFacet(value: JsonObject): IntegrationFacet | undefined {
  const kind = kindOf(value, undefined);
  if (kind === undefined || (looksLikeEvent(value) && !isComplete(kind, value))) return undefined;
  return { kind, value, base: "", wrapping: "bare" };
}

function wrapped(
  kind: IntegrationKind,
  value: JsonObject,
  wrapping: IntegrationFacet["wrapping"],
): IntegrationFacet {
  return { kind, value, base: "/payload", wrapping };
}

/** Two discriminating fields make a kind, or one where event_type names the kind. */
function kindOf(value: JsonObject, eventType: unknown): IntegrationKind | undefined {
  const named = typeof eventType === "string" ? TYPE_NAMES.get(eventType) : undefined;
  let best: IntegrationKind | undefined;
  let bestScore = 0;
  for (const kind of INTEGRATION_KINDS) {
    let present = 0;
    for (const field of DISCRIMINATING[kind]) if (value[field] !== undefined) present++;
    const score = present === 0 ? 0 : present + (kind === named ? 1 : 0);
    if (score > bestScore) {
      best = kind;
      bestScore = score;
    }
  }
  return bestScore >= 2 ? best : undefined;
}

function isComplete(kind: IntegrationKind, value: JsonObject): boolean {
  return [...DISCRIMINATING[kind], ...ALSO_REQUIRED[kind]].every((field) => value[field] !== undefined);
}
