import {
  type IntegrationFacet,
  type IntegrationKind,
  isJsonObject,
  type JsonObject,
  type PayloadFault,
} from "../model/subject.js";
import { intendedFamily, isEventFamily, looksLikeEvent } from "./fields/families.js";
import {
  ALSO_REQUIRED,
  DISCRIMINATING,
  INTEGRATION_KINDS,
  LEADING_FIELDS,
} from "./fields/integration-fields.js";
import { renamedFields, respelledFields } from "./near-misses/integration-words.js";

/** The values of event_type for each kind (IS 4.3), without separators and capitals. */
const TYPE_NAMES: ReadonlyMap<string, IntegrationKind> = new Map([
  ["toolevent", "tool_event"],
  ["toolexecution", "tool_event"],
  ["toolexecutionevent", "tool_event"],
  ["fileupdateevent", "file_update_event"],
  ["fileupdate", "file_update_event"],
  ["gitevent", "git_event"],
  ["gitoperation", "git_event"],
  ["gitoperationevent", "git_event"],
  ["cievent", "ci_event"],
  ["cipipeline", "ci_event"],
  ["cipipelineevent", "ci_event"],
]);

const LONGEST_TYPE_NAME = 32;

/** The kind that an event_type names, in any case style (FileUpdateEvent, file-update, GIT_EVENT). */
export function kindNamed(eventType: unknown): IntegrationKind | undefined {
  if (typeof eventType !== "string" || eventType.length > LONGEST_TYPE_NAME) return undefined;
  return TYPE_NAMES.get(eventType.toLowerCase().replace(/[\s._:/-]/g, ""));
}

/** The integration event in an event's payload, if the payload is one or is meant as one (IS 4.3, 5.1). */
export function payloadFacet(event: JsonObject): IntegrationFacet | undefined {
  const { payload, event_family: family } = event;
  const isOther = isEventFamily(family) && family !== "external_integration";
  const named = isOther ? undefined : kindNamed(event.event_type);
  if (!isJsonObject(payload)) return named === undefined ? undefined : claimedFacet(event, named);
  if (isOther && LEADING_FIELDS.every((field) => payload[field] === undefined)) return undefined;
  const kind = kindOf(payload, event.event_type);
  if (kind !== undefined) return toldFacet(event, payload, kind);
  const claimed = isOther ? undefined : (respelledKind(payload, named) ?? named);
  return claimed === undefined ? undefined : claimedFacet(event, claimed);
}

/** A payload with the fields of a kind. */
function toldFacet(
  { event_family: family }: JsonObject,
  payload: JsonObject,
  kind: IntegrationKind,
): IntegrationFacet | undefined {
  const isKnown = isEventFamily(family);
  if (family === "external_integration") return wrapped(kind, payload, family);
  // Payloads of other families have their own shapes; only a complete integration event counts there.
  if (!(!isKnown && isMeantForIntegration(family)) && !isComplete(kind, payload)) return undefined;
  return wrapped(kind, payload, isKnown ? "other-family" : "misspelled-family");
}

/** A payload without the fields of a kind, but with an event_type or words for it. Counts only in that family. */
function claimedFacet(event: JsonObject, kind: IntegrationKind): IntegrationFacet | undefined {
  const { payload, event_family: family, event_type: eventType } = event;
  const isOwn = family === "external_integration";
  if (!isOwn && !isMeantForIntegration(family)) return undefined;
  const fault = faultOf(payload, kind, eventType);
  const value = isJsonObject(payload) ? payload : NOTHING;
  return { ...wrapped(kind, value, isOwn ? family : "misspelled-family"), fault };
}

const NOTHING: JsonObject = {};

function isMeantForIntegration(family: unknown): boolean {
  return typeof family === "string" && intendedFamily(family) === "external_integration";
}

/**
 * The record itself, if it is an integration event without an envelope. Beside fields of other events it must be
 * complete: "two fields of a CI event" may be fields of a pipeline stage.
 */
export function bareFacet(value: JsonObject): IntegrationFacet | undefined {
  const kind = kindOf(value, undefined);
  if (kind === undefined || (looksLikeEvent(value) && !isComplete(kind, value))) return undefined;
  return { kind, value, base: "", wrapping: "bare" };
}

/** The kind whose required fields the object has, whatever else it has. */
export function completeKindOf(value: JsonObject): IntegrationKind | undefined {
  return INTEGRATION_KINDS.find((kind) => isComplete(kind, value));
}

function wrapped(
  kind: IntegrationKind,
  value: JsonObject,
  wrapping: IntegrationFacet["wrapping"],
): IntegrationFacet {
  return { kind, value, base: "/payload", wrapping };
}

/** Two discriminating fields show a kind; one is enough if event_type names the kind. */
function kindOf(value: JsonObject, eventType: unknown): IntegrationKind | undefined {
  return bestKind(kindNamed(eventType), (kind) => {
    let present = 0;
    for (const field of DISCRIMINATING[kind]) if (value[field] !== undefined) present++;
    return present;
  });
}

/** The same for fields in another spelling. */
function respelledKind(value: JsonObject, named: IntegrationKind | undefined): IntegrationKind | undefined {
  return bestKind(named, (kind) => {
    const respelled = respelledFields(kind, value).length;
    return respelled + DISCRIMINATING[kind].filter((field) => value[field] !== undefined).length;
  });
}

function bestKind(
  named: IntegrationKind | undefined,
  fieldsOf: (kind: IntegrationKind) => number,
): IntegrationKind | undefined {
  let best: IntegrationKind | undefined;
  let bestScore = 0;
  for (const kind of INTEGRATION_KINDS) {
    const present = fieldsOf(kind);
    const score = present === 0 ? 0 : present + (kind === named ? 1 : 0);
    if (score > bestScore) {
      best = kind;
      bestScore = score;
    }
  }
  return bestScore >= 2 ? best : undefined;
}

function isComplete(kind: IntegrationKind, value: JsonObject): boolean {
  for (const field of DISCRIMINATING[kind]) if (value[field] === undefined) return false;
  return ALSO_REQUIRED[kind].every((field) => value[field] !== undefined);
}

function faultOf(payload: unknown, kind: IntegrationKind, eventType: unknown): PayloadFault {
  if (payload === undefined) return "missing";
  if (!isJsonObject(payload)) return "not-an-object";
  if (Object.keys(payload).length === 0) return "empty";
  if (respelledKind(payload, kind) === kind) return "other-spelling";
  if (Object.values(payload).some((member) => isIntegrationEvent(member, eventType))) return "wrapped-again";
  return renamedFields(kind, payload).length > 0 ? "other-words" : "other-fields";
}

/** True if the member is an integration event, or a list of them. */
function isIntegrationEvent(member: unknown, eventType: unknown): boolean {
  const value: unknown = Array.isArray(member) ? member[0] : member;
  if (!isJsonObject(value)) return false;
  return (kindOf(value, eventType) ?? respelledKind(value, kindNamed(eventType))) !== undefined;
}
