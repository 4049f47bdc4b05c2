import { parsedJson } from "../model/parsed-json.js";
import type { Resemblance } from "../model/resemblance.js";
import { isJsonObject, type JsonObject } from "../model/subject.js";
import { intendedFamily } from "../protocol/fields/families.js";
import { recognise } from "./recognise.js";

/** So many objects and texts of a record are looked at. */
const MAX_PARTS = 500;

/**
 * How much a record looks like an event, sample, snapshot or mapping: by its own members, by those of what it
 * carries, as objects or as JSON in a text, or by core fields in another spelling. Undefined where it does not.
 */
export function resemblanceOf(record: JsonObject): Resemblance | undefined {
  const own = ownResemblance(record);
  if (own === "evidence") return own;
  const parts: unknown[] = [...Object.values(record)];
  for (let at = 0; at < Math.min(parts.length, MAX_PARTS); at++) {
    const part = typeof parts[at] === "string" ? carried(parts[at] as string) : parts[at];
    if (isJsonObject(part) && ownResemblance(part) === "evidence") return "evidence";
    if (typeof part !== "object" || part === null) continue;
    for (const inner of Object.values(part)) if (parts.length < MAX_PARTS) parts.push(inner);
  }
  return own;
}

/** The value that a text holds as JSON. */
function carried(text: string): unknown {
  return /^\s*[{[]/.test(text) ? parsedJson(text) : undefined;
}

function ownResemblance(value: JsonObject): Resemblance | undefined {
  const { kind } = recognise(value);
  if (kind === "event") return isCertainEvent(value) ? "evidence" : (disguised(value) ?? "perhaps");
  if (kind === "learning-sample") return value.sample_family === undefined ? "perhaps" : "evidence";
  return kind === "unrecognised" ? disguised(value) : "evidence";
}

/** Logs of all kinds have a time and a type, or an id of a stage. */
function isCertainEvent({ event_family: family, event_id: id }: JsonObject): boolean {
  return id !== undefined || (typeof family === "string" && intendedFamily(family) !== undefined);
}

/** Core fields by what their names end with, whatever stands before or between their words. */
const ENDINGS = ["eventid", "eventtype", "eventfamily"] as const;

function disguised(value: JsonObject): Resemblance | undefined {
  const names = Object.keys(value).map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
  const [id, type, family] = ENDINGS.map((ending) => names.some((name) => name.endsWith(ending)));
  const hasTime = names.some((name) => name.endsWith("timestamp"));
  if (id && (type || family)) return "evidence";
  if (family && (type || hasTime)) return "evidence";
  return id && hasTime ? "perhaps" : undefined;
}
