import type { Mutation } from "../mutation.js";
import { adding, changing, isEvent, isPlainEvent, withMembers } from "./building.js";

/** An object without white space around it, whose text begins with its brace. */
const isPlainText = ({ text }: { readonly text: string }): boolean =>
  text.startsWith("{") && text.endsWith("}");

/** IN: what a record is. */
export const RECORD_MUTATIONS: readonly Mutation[] = [
  changing(
    { clause: "IN-1", name: "a line is cut off in its middle", wants: "event on a line" },
    {
      fits: (record) => isEvent(record) && isPlainText(record),
      pointer: "",
      to: (_value, { text }) => text.slice(0, Math.floor(text.length / 2)),
    },
  ),
  changing(
    { clause: "IN-1", name: "a line holds a list instead of an object", wants: "event on a line" },
    {
      fits: (record) => isEvent(record) && isPlainText(record) && record.place > 1,
      pointer: "",
      to: (_value, { text }) => `[${text}]`,
    },
  ),
  changing(
    { clause: "IN-2", name: "event_type stands twice in an event", wants: "event on a line" },
    {
      fits: (record) =>
        isEvent(record) && isPlainText(record) && record.subject.value.event_type !== undefined,
      pointer: "/event_type",
      to: (_value, { text }) => text.replace("{", '{"event_type":"draft",'),
    },
  ),
  adding(
    {
      clause: "PS-4.1-3",
      name: "an event_id comes again with another event_type",
      wants: "event with an event_id",
    },
    {
      fits: (record) =>
        isPlainEvent(record) &&
        typeof record.subject.value.event_id === "string" &&
        typeof record.subject.value.event_type === "string",
      pointer: "/event_id",
      to: (value) => withMembers(value, { event_type: `${String(value.event_type)}_again` }),
    },
  ),
  adding(
    {
      clause: "IS-13.2-1",
      level: "NOTE",
      name: "an event is delivered twice",
      wants: "event with an event_id",
    },
    {
      fits: (record) => isPlainEvent(record) && typeof record.subject.value.event_id === "string",
      pointer: "/event_id",
      to: (_value, { text }) => text,
    },
  ),
];
