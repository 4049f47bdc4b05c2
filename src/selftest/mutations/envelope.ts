import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { isUuidV4 } from "../../protocol/fields/formats.js";
import { dataOf, type HeldObject } from "../excerpt.js";
import type { Mutation } from "../mutation.js";
import { type Change, changing, isEvent, isOf, isPlainEvent, set, withMembers } from "./building.js";
import { timeOf } from "./times.js";

const EVENT = "event";

function member(
  clause: Mutation["clause"],
  name: string,
  pointer: string,
  to: Change["to"],
  fits: Change["fits"] = isPlainEvent,
  wants = EVENT,
): Mutation {
  return changing({ clause, name, wants }, { fits, pointer, to });
}

const hasTime = (record: HeldObject): boolean => isEvent(record) && timeOf(record) !== undefined;
const hasId = (record: HeldObject): boolean => isEvent(record) && isUuidV4(String(dataOf(record).event_id));

/** PS 4: the envelope of every event. */
export const ENVELOPE_MUTATIONS: readonly Mutation[] = [
  member("PS-4.1-1", "event_id is removed", "/event_id", set({ event_id: undefined })),
  member("PS-4.1-1", "event_type is removed", "/event_type", set({ event_type: undefined })),
  member("PS-4.1-1", "timestamp becomes a number", "/timestamp", set({ timestamp: 1_767_600_000 }), hasTime),
  member(
    "PS-4.1-2",
    "event_id gets a text that is no UUID",
    "/event_id",
    set({ event_id: "event-1" }),
    hasId,
  ),
  member(
    "PS-4.1-2",
    "event_id gets version 1",
    "/event_id",
    ({ event_id: id, ...rest }) => {
      return { ...rest, event_id: `${String(id).slice(0, 14)}1${String(id).slice(15)}` };
    },
    hasId,
    "event whose event_id is a UUID of version 4",
  ),
  member("PS-4.1-4", "event_type becomes blank", "/event_type", set({ event_type: "  " })),
  member(
    "PS-4.1-5",
    "timestamp gets a date that does not exist",
    "/timestamp",
    set({ timestamp: "2026-02-30T08:00:00Z" }),
    hasTime,
  ),
  member(
    "PS-4.1-5",
    "timestamp loses its zone",
    "/timestamp",
    set({ timestamp: "2026-01-05T08:00:00" }),
    hasTime,
  ),
  member(
    "PS-4.1-6",
    "project_id gets a text that is no UUID",
    "/project_id",
    set({ project_id: "project-1" }),
    isEvent,
  ),
  member("PS-4.1-7", "payload becomes a text", "/payload", set({ payload: "see the trace" })),
  movedIntoPayload("graph_update", "update_kind"),
  movedIntoPayload("pipeline_stage", "stage_id"),
  movedIntoPayload("runtime_execution", "execution_id"),
  member(
    "PS-4.2-1",
    "event_family gets the name of a class",
    "/event_family",
    set({ event_family: "GraphUpdateEvent" }),
    isOf("graph_update"),
    "graph_update event",
  ),
  member(
    "PS-4.2-1",
    "event_family gets a word of its own",
    "/event_family",
    set({ event_family: "telemetry" }),
  ),
];

function movedIntoPayload(
  family: "graph_update" | "pipeline_stage" | "runtime_execution",
  name: string,
): Mutation {
  return member(
    "PS-4.1-8",
    `${name} moves from the top level into payload`,
    `/${name}`,
    (value) =>
      withMembers(value, { [name]: undefined, payload: { ...payloadOf(value), [name]: value[name] } }),
    (record) =>
      isOf(family)(record) && typeof dataOf(record)[name] === "string" && hasRoom(dataOf(record), name),
    `${family} event`,
  );
}

function payloadOf({ payload }: JsonObject): JsonObject {
  return isJsonObject(payload) ? payload : {};
}

function hasRoom({ payload }: JsonObject, name: string): boolean {
  return payload === undefined || (isJsonObject(payload) && payload[name] === undefined);
}
