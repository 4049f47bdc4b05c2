import { parsedJson } from "../../model/parsed-json.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { type Carried, type Carrier, type Content, without } from "./carrier.js";

/** A JSON object with `log` or `message` beside what fluent-bit adds, or a line of its stdout output. */
export const fluentBit: Carrier = {
  name: "fluent-bit",
  inObject: (value) => (isEnriched(value) ? messageIn(value) : undefined),
  inText: (text) => {
    const [line, head, body = ""] = STDOUT_LINE.exec(text) ?? [];
    if (line === undefined || head === undefined) return undefined;
    const value = parsed(body);
    if (value === undefined) return undefined;
    const message = messageIn(value);
    if (message !== undefined && !message.contents.some((content) => "pointer" in content)) return message;
    const content = { start: head.length, end: head.length + body.length };
    return { contents: [content], rest: "", mayBeOther: true };
  },
};

/** `[0] tag: [[1700000000.1, {}], {...}]`, and `[0] tag: [1700000000.1, {...}]` of older ones. */
const STDOUT_LINE = /^(\[\d+\] \S+: \[(?:\[\d+(?:\.\d+)?, \{\}\]|\d+(?:\.\d+)?), )(\{.*\})\]$/s;

function isEnriched(value: JsonObject): boolean {
  const { kubernetes, "@timestamp": timestamp, date } = value;
  // The date is a number, or text if json_date_format asks for it.
  return isJsonObject(kubernetes) || [timestamp, date].some(isTime);
}

function isTime(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

function messageIn(value: JsonObject): Carried | undefined {
  const found = ["log", "message"].flatMap((name) => contentAt(value, name));
  const names = found.map(([name]) => name);
  if (found.length === 0) return undefined;
  return {
    contents: found.map(([, content]) => content),
    rest: without(value, ...names),
    mayBeOther: true,
  };
}

function contentAt(value: JsonObject, name: string): (readonly [string, Content])[] {
  const member = value[name];
  if (typeof member === "string") return [[name, { text: member }]];
  return isJsonObject(member) ? [[name, { pointer: `/${name}` }]] : [];
}

function parsed(text: string): JsonObject | undefined {
  const value = parsedJson(text);
  return isJsonObject(value) ? value : undefined;
}
