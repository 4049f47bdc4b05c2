import type { JsonObject } from "../../model/subject.js";
import type { StructuredFamily } from "../../protocol/fields/families.js";
import { dataOf, type Excerpt, type HeldObject, type HeldRecord } from "../excerpt.js";
import type { Mutation, Place } from "../mutation.js";

/** What a mutation is, without where and how it is made. */
export type Title = Omit<Mutation, "places">;

/** How one record is changed. */
export interface Change {
  readonly fits: (record: HeldObject) => boolean;
  readonly pointer: string;
  /** The record's new value, or its new text. */
  readonly to: (value: JsonObject, record: HeldObject) => JsonObject | string;
  /** See `Place.about`. */
  readonly about?: (record: HeldObject, excerpt: Excerpt) => readonly HeldRecord[];
}

/** A mutation that changes one record by itself. */
export function changing(title: Title, { fits, pointer, to, about }: Change): Mutation {
  return {
    ...title,
    *places(excerpt) {
      for (const record of excerpt.where(fits))
        yield {
          at: record,
          pointer,
          ...(about && { about: about(record, excerpt) }),
          edits: () => [{ record, lines: [to(dataOf(record), record)] }],
        };
    },
  };
}

/** A mutation that leaves a record as it is and puts others after it. */
export function adding(title: Title, { fits, pointer, to, about }: Change): Mutation {
  const changed = changing(title, { fits, pointer, to, ...(about && { about }) });
  return {
    ...title,
    *places(excerpt) {
      for (const place of changed.places(excerpt)) yield { ...place, edits: () => behind(place) };
    },
  };
}

function behind({ edits }: Place) {
  return edits().map(({ record, lines }) => ({ record, lines: [record.text, ...lines] }));
}

/** An object with some members set; undefined takes one away. */
export function withMembers(value: JsonObject, members: JsonObject): JsonObject {
  const changed = Object.entries({ ...value, ...members });
  return Object.fromEntries(changed.filter(([, member]) => member !== undefined));
}

/** The same in the payload. */
export function withPayload(value: JsonObject, members: JsonObject): JsonObject {
  return { ...value, payload: withMembers(value.payload as JsonObject, members) };
}

/** Sets members of a record. */
export const set =
  (members: JsonObject) =>
  (value: JsonObject): JsonObject =>
    withMembers(value, members);

/** Sets members of a record's payload. */
export const setPayload =
  (members: JsonObject) =>
  (value: JsonObject): JsonObject =>
    withPayload(value, members);

/** An event of the envelope (PS 4), whatever it carries. */
export function isEvent({ subject }: HeldObject): boolean {
  return subject.kind === "event" && subject.hasFamily;
}

/** An event that carries no integration event. */
export function isPlainEvent(record: HeldObject): boolean {
  const { subject } = record;
  return isEvent(record) && subject.kind === "event" && subject.integration === undefined;
}

export const isOf =
  (family: StructuredFamily) =>
  ({ subject }: HeldObject): boolean =>
    subject.kind === "event" && subject.family === family && subject.integration === undefined;

/** An id that no log has: a UUID v4 that says where it comes from. */
export function newId(number = 0): string {
  return `5e1f7e57-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** True if no other record has the same event_id: without a redelivery, removing the record removes the event. */
export function isOnly(record: HeldObject, excerpt: Excerpt): boolean {
  const id = eventId(record);
  return id !== undefined && excerpt.grouped(eventId).get(id)?.length === 1;
}

function eventId(record: HeldObject): string | undefined {
  const { event_id: id } = dataOf(record);
  return typeof id === "string" ? id.toLowerCase() : undefined;
}
