import type { Instant } from "../../../model/observation.js";
import type { JsonObject } from "../../../model/subject.js";
import { foldedId } from "../../../protocol/fields/formats.js";
import { instantOf } from "../../../protocol/fields/instant.js";
import type { Take } from "./forms.js";

/** A member of the record that a source observes, or a value made of several members. */
export type Field<Value = unknown> = string | Take<Value>;

/** Reads a field; compiled once, called for every event. */
export function takeOf(field: Field): Take<unknown> {
  return typeof field === "string" ? (part: JsonObject) => part[field] : field;
}

/** The key by which observations are grouped. */
export interface Key {
  /** @returns undefined for an event without a key; nothing is kept of it */
  readonly of: Take<string>;
  /** Most keys are UUIDs: these take the least room. */
  readonly isUuid?: boolean;
  /** All keys that there can be. */
  readonly names?: readonly string[];
}

/** An id that is a UUID in most logs. UUIDs are the same whatever their case. */
export function uuid(field: Field): Key {
  return { ...id(field), isUuid: true };
}

/** An id. UUIDs are the same whatever their case. */
export function id(field: Field): Key {
  const take = takeOf(field);
  return {
    of: (part, examined) => {
      const value = take(part, examined);
      return typeof value === "string" ? foldedId(value) : undefined;
    },
  };
}

/** Several ids that together name a thing. */
export function ids(...fields: readonly Field[]): Key {
  const takes = fields.map(takeOf);
  return {
    of: (part, examined) => {
      const values: unknown[] = [];
      for (const take of takes) values.push(take(part, examined));
      return joinedIds(values);
    },
  };
}

/** Several ids in one key, so that no two lists of ids share one; undefined where one of them is no string. */
export function joinedIds(values: readonly unknown[]): string | undefined {
  let texts = "";
  let lengths = "";
  const last = values.length - 1;
  for (let index = 0; index <= last; index++) {
    const value = values[index];
    if (typeof value !== "string") return undefined;
    texts = index === 0 ? foldedId(value) : texts + foldedId(value);
    if (index < last) lengths += `${index === 0 ? "\n" : ","}${value.length}`;
  }
  return lengths === "" ? texts : texts + lengths;
}

/** One of some names; nothing is kept of other events. */
export function named(names: readonly string[], field: Field): Key {
  return { names, of: takeOf(field) as Take<string> };
}

/** When something happened. */
export interface Time {
  readonly of: Take<Instant>;
  /** Nothing is kept of an event without it. */
  readonly isNeeded?: boolean;
}

/** The time of an event, by whatever name it goes. */
export const eventTime: Time = {
  of: (_part, { event }) =>
    instantOf(event.timestamp) ?? instantOf(event.completed_at) ?? instantOf(event.started_at),
};

/** A time that the part itself says; nothing is kept of one that says none. */
export function neededTime(field: string): Time {
  return { of: (part) => instantOf(part[field]), isNeeded: true };
}
