import { isObjectInBase64, withoutBase64 } from "../model/base64-json.js";
import { parsedJson } from "../model/parsed-json.js";
import { isJsonObject, type JsonObject } from "../model/subject.js";
import {
  CORE_FIELDS,
  hasAffixedFamily,
  hasEnvelope,
  hasRespelledFamily,
  isRespelledEvent,
  looksLikeEvent,
  respelledCore,
} from "../protocol/fields/families.js";
import { profileOf } from "../protocol/fields/profiles.js";
import { completeKindOf } from "../protocol/integration.js";
import { withAsciiNames } from "../protocol/near-misses/look-alikes.js";

/** Decides which nested objects count as events. */
interface Sign {
  isEvent(object: JsonObject): boolean;
  /** The number of core fields that a text which is not JSON must name. */
  readonly namedFields: number;
}

/** For records that are not events: any object that would be taken for an event if it were a record. */
const LIKE_AN_EVENT: Sign = {
  isEvent: (object) =>
    typeof object.event_family === "string" ||
    hasEnvelope(object) ||
    (object.event_id !== undefined && looksLikeEvent(object)) ||
    profileOf(object.event_type) !== undefined ||
    completeKindOf(object) !== undefined ||
    isRespelled(object) ||
    hasAffixedFamily(object),
  namedFields: 2,
};

/** For integration events of unknown kind, whose payload may have its own type and time. */
const CARRIED: Sign = {
  isEvent: (object) => hasMostCore(object) || completeKindOf(object) !== undefined,
  namedFields: 3,
};

function isRespelled(object: JsonObject): boolean {
  const renames = respelledCore(object);
  return isRespelledEvent(object, renames) || hasRespelledFamily(object, renames);
}

/** True if the object has three core fields in any spelling. */
function hasMostCore(object: JsonObject): boolean {
  const own = CORE_FIELDS.filter((field) => object[field] !== undefined).length;
  return own >= 3 || own + respelledCore(object).length >= 3;
}

/**
 * True if a value that is not an event contains one, at any depth or as JSON text in a string, also in base64. In a string
 * that is not JSON as a whole, names of core fields suffice.
 */
export function holdsEventLike(value: unknown): boolean {
  return isHeldIn(value, LIKE_AN_EVENT);
}

/** The same for the payload of an integration event of unknown kind, whose own time and type are not enough. */
export function carriesEvent(payload: unknown): boolean {
  return isHeldIn(payload, CARRIED);
}

/**
 * Total length of texts per record that are parsed as JSON; the names of core fields are found in longer texts too.
 */
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
    for (const object of [value, namedIn(value)])
      if (isJsonObject(object) && isEventInAnyLetters(object, isEvent)) return true;
    for (const member of membersOf(value)) if (isContainer(member) || isText(member)) left.push(member);
  }
  return false;
}

function isEventInAnyLetters(object: JsonObject, isEvent: Sign["isEvent"]): boolean {
  if (isEvent(object)) return true;
  const plain = withAsciiNames(object);
  return plain !== undefined && isEvent(plain);
}

/** An object written as a list of names and values, as OTLP and many tools write attributes. */
function namedIn(value: unknown): JsonObject | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return Object.fromEntries(value.flatMap((pair) => (isJsonObject(pair) ? memberIn(pair) : [])));
}

function memberIn({ key, name = key, value }: JsonObject): readonly (readonly [string, unknown])[] {
  return typeof name === "string" ? [[name, plain(value)]] : [];
}

/** What an AnyValue of OTLP stands for; any other value as it is. */
function plain(value: unknown): unknown {
  const [first, second] = isJsonObject(value) ? Object.entries(value) : [];
  return first?.[0].endsWith("Value") === true && second === undefined ? first[1] : value;
}

function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** True if the value is a string that may contain an object. */
function isText(value: unknown): boolean {
  return typeof value === "string" && (value.includes("{") || isObjectInBase64(value));
}

/** The JSON in a text: the whole text, also in base64, or the part from its first to its last brace. */
function jsonIn(text: string): unknown {
  const whole = parsedJson(withoutBase64(text)) ?? undefined;
  if (whole !== undefined) return whole;
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}")];
  return start < 0 || end < start ? undefined : (parsedJson(text.slice(start, end + 1)) ?? undefined);
}

/** The name of a core field as a member name, with any text before it. */
const MEMBER = /(?:event[_.-]?(id|type|family)|(timestamp))\\*["']\s*:/gi;

function fieldsNamedIn(text: string): number {
  const named = new Set<string>();
  for (const [, suffix, time] of text.matchAll(MEMBER)) named.add((suffix ?? time ?? "").toLowerCase());
  return named.size;
}
