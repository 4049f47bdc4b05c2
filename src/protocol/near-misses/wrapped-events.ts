import { parsedJson } from "../../model/parsed-json.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { hasEnvelope, isEventFamily } from "../fields/families.js";

/** Where a record holds an event, in members with names that loggers and exports use. */
interface WrappedEvent {
  /** Names of members, and steps into lists. */
  readonly path: readonly (string | typeof EACH | typeof SECOND)[];
  /** True if the event is JSON in a string. */
  readonly isText: boolean;
}

/** The steps into lists, as jq writes them. */
const EACH = { inJq: "[]" };
/** Loki writes pairs of a time and a text. */
const SECOND = { inJq: "[1]" };

/** Names that loggers, collectors and exports give to what they carry: no hint repeats another name. */
const CARRYING: readonly string[] = [
  ..."event events record records entry entries item items list log logs line lines message messages msg".split(
    " ",
  ),
  ..."data detail body payload content value values fields properties attributes result results".split(" "),
  ..."logEvents hits _source _raw jsonPayload textPayload Event Log Log_s Message Records @message".split(
    " ",
  ),
];

const MAX_STEPS = 6;

/** How to take out the events that a record carries, as a hint; undefined if their place has no common name. */
export function wayToWrappedEvents(value: JsonObject): string | undefined {
  const found = wrappedIn(value, []);
  if (found === undefined) return undefined;
  const { path, isText } = found;
  if (path.every((step) => typeof step === "string"))
    return `check the log again with --unwrap /${path.join("/")}`;
  const steps = path.map((step) => (typeof step === "string" ? memberOf(step) : step.inJq)).join("");
  return `take the events out: jq -c '${steps}${isText ? " | fromjson?" : ""}' FILE | mplp-check -`;
}

/** A member as jq names it. */
function memberOf(name: string): string {
  return /^\w+$/.test(name) ? `.${name}` : `.${JSON.stringify(name)}`;
}

function wrappedIn(value: unknown, path: WrappedEvent["path"]): WrappedEvent | undefined {
  if (path.length > 0 && isEvent(value)) return { path, isText: false };
  if (typeof value === "string") return isEvent(parsedJson(value)) ? { path, isText: true } : undefined;
  if (path.length === MAX_STEPS) return undefined;
  if (Array.isArray(value))
    return wrappedIn(value[0], [...path, EACH]) ?? wrappedIn(value[1], [...path, SECOND]);
  if (!isJsonObject(value)) return undefined;
  for (const name of CARRYING) {
    const found = Object.hasOwn(value, name) ? wrappedIn(value[name], [...path, name]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function isEvent(value: unknown): boolean {
  return isJsonObject(value) && (isEventFamily(value.event_family) || hasEnvelope(value));
}
