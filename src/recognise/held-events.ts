import { parsedJson } from "../model/parsed-json.js";
import { isJsonObject, type JsonObject } from "../model/subject.js";
import {
  CORE_FIELDS,
  hasEnvelope,
  hasRespelledFamily,
  isRespelledEvent,
  respelledCore,
} from "../protocol/fields/families.js";
import { profileOf } from "../protocol/fields/profiles.js";
import { completeKindOf } from "../protocol/integration.js";

/** What counts as an event inside of something else. */
interface Sign {
  isEvent(object: JsonObject): boolean;
  /** How many core fields a text must name that cannot be read as JSON. */
  readonly namedFields: number;
}

/** In what is no event: anything that would be taken for one, had it been a record. */
const LIKE_AN_EVENT: Sign = {
  isEvent: (object) =>
    typeof object.event_family === "string" ||
    hasEnvelope(object) ||
    profileOf(object.event_type) !== undefined ||
    completeKindOf(object) !== undefined ||
    isRespelled(object),
  namedFields: 2,
};

/** In an integration event of unknown kind, whose payload may well have a type and a time of its own. */
const CARRIED: Sign = {
  isEvent: (object) => hasMostCore(object) || completeKindOf(object) !== undefined,
  namedFields: 3,
};

function isRespelled(object: JsonObject): boolean {
  const renames = respelledCore(object);
  return isRespelledEvent(object, renames) || hasRespelledFamily(object, renames);
}

/** Whether an object has three core fields, in whatever spelling. */
function hasMostCore(object: JsonObject): boolean {
  const own = CORE_FIELDS.filter((field) => object[field] !== undefined).length;
  return own >= 3 || own + respelledCore(object).length >= 3;
}

/**
 * Whether something that is no event holds one at whatever depth, also as JSON text in strings. In strings that are
 * no JSON as a whole, names of core fields must do.
 */
export function holdsEventLike(value: unknown): boolean {
  return isHeldIn(value, LIKE_AN_EVENT);
}

/** The same for the payload of an integration event of unknown kind: its own time and type make no event. */
export function carriesEvent(payload: unknown): boolean {
  return isHeldIn(payload, CARRIED);
}

/** Texts beyond so many characters a record are not read as JSON: what names core fields is told all the same. */
const MAX_READ = 1 << 22;

function isHeldIn(root: unknown, { isEvent, namedFields }: Sign): boolean {
  const left: unknown[] = [root];
  let readable = MAX_READ;
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") {
      readable -= value.length;
      const inner = readable < 0 ? undefined : jsonIn(value);
      if (inner !== undefined) left.push(inner);
      else if (fieldsNamedIn(value) >= namedFields) return true;
      continue;
    }
    if (isJsonObject(value) && isEvent(value)) return true;
    for (const member of membersOf(value)) if (isContainer(member) || isText(member)) left.push(member);
  }
  return false;
}

function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Whether a value is a string that may hold an object. */
function isText(value: unknown): boolean {
  return typeof value === "string" && value.includes("{");
}

/** The JSON in a text: all of it, or what stands between its first and its last brace. */
function jsonIn(text: string): unknown {
  const whole = parsedJson(text) ?? undefined;
  if (whole !== undefined) return whole;
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}")];
  return start < 0 || end < start ? undefined : (parsedJson(text.slice(start, end + 1)) ?? undefined);
}

/** A core field's name as that of a member, whatever is before its quotes. */
const MEMBER = /(?:event[_.-]?(id|type|family)|(timestamp))\\*["']\s*:/gi;

function fieldsNamedIn(text: string): number {
  const named = new Set<string>();
  for (const [, suffix, time] of text.matchAll(MEMBER)) named.add((suffix ?? time ?? "").toLowerCase());
  return named.size;
}
