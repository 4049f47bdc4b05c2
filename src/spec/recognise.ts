import { isJsonObject, type JsonObject, type Subject } from "../model/subject.js";
import { hasEnvelope, isEventFamily, looksLikeEvent } from "./families.js";
import { bareFacet, payloadFacet } from "./integration.js";
import { looksLikeMapping, mappingOf } from "./mapping.js";

const PROFILE_TYPE = /^(SA|MAP)[A-Z][a-z]/;

/** Says what one record is, by its shape alone. An object with event_family is an event, whatever else it has. */
export function recognise(value: JsonObject): Subject {
  if (value.event_family !== undefined) return asEvent(value, true);
  const profile = profileOf(value.event_type);
  if (profile !== undefined) return { kind: "profile-event", profile, value };
  const integration = bareFacet(value);
  if (integration !== undefined) return { kind: "integration-event", value, integration };
  const evidence = hasEnvelope(value) ? undefined : otherEvidence(value);
  if (evidence !== undefined) return evidence;
  if (isEventWithoutFamily(value)) return asEvent(value, false);
  return { kind: "unrecognised", value };
}

function asEvent(value: JsonObject, hasFamily: boolean): Subject {
  const family = typeof value.event_family === "string" ? value.event_family : undefined;
  if (value.payload === undefined) return { kind: "event", value, family, hasFamily };
  const integration = payloadFacet(value);
  return integration === undefined
    ? { kind: "event", value, family, hasFamily }
    : { kind: "event", value, family, hasFamily, integration };
}

function profileOf(eventType: unknown): "sa" | "map" | undefined {
  if (typeof eventType !== "string") return undefined;
  const match = PROFILE_TYPE.exec(eventType);
  if (match === null) return undefined;
  return match[1] === "SA" ? "sa" : "map";
}

/** Looks like one, or has a whole event put under payload. */
function isEventWithoutFamily(value: JsonObject): boolean {
  return looksLikeEvent(value) || (isJsonObject(value.payload) && isEventFamily(value.payload.event_family));
}

/** Evidence of other kinds, which shares field names with events but is none. */
function otherEvidence(value: JsonObject): Subject | undefined {
  if (value.sample_id !== undefined || value.sample_family !== undefined)
    return { kind: "learning-sample", value };
  if (isSnapshot(value)) return { kind: "snapshot", value };
  return looksLikeMapping(value) ? asMapping(value) : undefined;
}

/** What says how a graph has changed is no snapshot of it, whatever it refers to. */
const CHANGES = ["update_kind", "node_delta", "edge_delta"] as const;

function isSnapshot({
  snapshot_id: id,
  graph_id: graph,
  captured_at: captured,
  ...rest
}: JsonObject): boolean {
  if (CHANGES.some((field) => rest[field] !== undefined)) return false;
  if (id !== undefined && graph !== undefined) return true;
  const isCounted = [rest.node_count, rest.edge_count, rest.nodes, rest.edges].some(
    (part) => part !== undefined,
  );
  return isCounted && (captured !== undefined || id !== undefined);
}

/** Reads a record as a mapping, whether it looks like one or not. */
export function asMapping(value: JsonObject): Subject {
  return { kind: "mapping", value, ...mappingOf(value) };
}
