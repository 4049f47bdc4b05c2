import { looksLikeMapping, mappingOf } from "../mapping/read-mapping.js";
import { isJsonObject, type JsonObject, type Subject } from "../model/subject.js";
import {
  hasEnvelope,
  isEventFamily,
  isRespelledEvent,
  looksLikeEvent,
  respelledCore,
} from "../protocol/fields/families.js";
import { profileOf } from "../protocol/fields/profiles.js";
import { isSnapshot } from "../protocol/fields/snapshot-fields.js";
import { bareFacet, payloadFacet } from "../protocol/integration.js";
import { renamedEventFields } from "../protocol/near-misses/event-words.js";
import { otherShapeOf } from "../protocol/near-misses/other-shapes.js";
import { isSampleMiss } from "../protocol/near-misses/sample-words.js";
import { snapshotMissOf } from "../protocol/near-misses/snapshot-words.js";
import { carriesEvent, holdsEventLike } from "./held-events.js";

/** Determines the kind of a record from its fields. An object with event_family is an event, whatever else it has. */
export function recognise(value: JsonObject): Subject {
  if (value.event_family !== undefined) return eventWithFamily(value);
  const profile = profileOf(value.event_type);
  if (profile !== undefined) return { kind: "profile-event", profile, value };
  const integration = bareFacet(value);
  if (integration !== undefined) return { kind: "integration-event", value, integration };
  const isRespelled = isRespelledEvent(value, respelledCore(value));
  const evidence = isRespelled || hasEnvelope(value) ? undefined : otherEvidence(value);
  if (evidence !== undefined) return evidence;
  if (isRespelled || isEventWithoutFamily(value)) return eventWithoutFamily(value);
  const shape = otherShapeOf(value);
  const holdsEvent = shape?.isEvent === true || holdsEventLike(value);
  if (!holdsEvent && snapshotMissOf(value) !== undefined) return { kind: "snapshot", value };
  if (!holdsEvent && isSampleMiss(value)) return { kind: "learning-sample", value };
  return { kind: "unrecognised", value, holdsEvent, ...(shape && { shape }) };
}

function eventWithFamily(value: JsonObject): Subject {
  const family = typeof value.event_family === "string" ? value.event_family : undefined;
  const integration = payloadFacet(value);
  const isOpaque = integration === undefined && family === "external_integration";
  const holdsEvent = isOpaque && carriesEvent(value.payload);
  return {
    kind: "event",
    value,
    family,
    hasFamily: true,
    ...(integration !== undefined && { integration }),
    ...(holdsEvent && { holdsEvent }),
  };
}

function eventWithoutFamily(value: JsonObject): Subject {
  const integration = payloadFacet(value);
  const renames = renamedEventFields(value);
  return {
    kind: "event",
    value,
    family: undefined,
    hasFamily: false,
    ...(integration !== undefined && { integration }),
    ...(renames.length > 0 && { renames }),
  };
}

/** True if the object looks like an event, or has a whole event in its payload. */
function isEventWithoutFamily(value: JsonObject): boolean {
  return looksLikeEvent(value) || (isJsonObject(value.payload) && isEventFamily(value.payload.event_family));
}

/** Evidence of other kinds; it shares field names with events. */
function otherEvidence(value: JsonObject): Subject | undefined {
  if (value.sample_id !== undefined || value.sample_family !== undefined)
    return { kind: "learning-sample", value };
  if (isSnapshot(value)) return { kind: "snapshot", value };
  return looksLikeMapping(value) ? asMapping(value) : undefined;
}

/** Reads a record as a mapping, even if it does not look like one. */
export function asMapping(value: JsonObject): Subject {
  return { kind: "mapping", value, ...mappingOf(value) };
}
