import { parsedJson } from "../model/parsed-json.js";
import type { Resemblance } from "../model/resemblance.js";
import { isJsonObject, type JsonObject } from "../model/subject.js";
import { intendedFamily } from "../protocol/fields/families.js";
import { recognise } from "./recognise.js";

/** Largest number of objects and texts to look at in a record. */
const MAX_PARTS = 500;

/**
 * How much a record resembles an event, sample, snapshot or mapping; undefined if it does not.
 * Considers its own members, objects or JSON texts in them, and core fields in other spellings.
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

/** The JSON value in a text. */
function carried(text: string): unknown {
  return /^\s*[{[]/.test(text) ? parsedJson(text) : undefined;
}

function ownResemblance(value: JsonObject): Resemblance | undefined {
  const { kind } = recognise(value);
  if (kind === "event") return isCertainEvent(value) ? "evidence" : (disguised(value) ?? "perhaps");
  if (kind === "learning-sample") return value.sample_family === undefined ? "perhaps" : "evidence";
  return kind === "unrecognised" ? disguised(value) : "evidence";
}

/** Needs more than a time and a type, or a stage id, because logs of all kinds have those. */
function isCertainEvent({ event_family: family, event_id: id }: JsonObject): boolean {
  return id !== undefined || (typeof family === "string" && intendedFamily(family) !== undefined);
}

/** Endings of core field names; anything may precede the words or separate them. */
const ENDINGS = ["eventid", "eventtype", "eventfamily"] as const;

function disguised(value: JsonObject): Resemblance | undefined {
  const names = Object.keys(value).map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
  const [id, type, family] = ENDINGS.map((ending) => names.some((name) => name.endsWith(ending)));
  const hasTime = names.some((name) => name.endsWith("timestamp"));
  if (id && (type || family)) return "evidence";
  if (family && (type || hasTime)) return "evidence";
  return id && hasTime ? "perhaps" : undefined;
}
