import { isObjectInBase64, withoutBase64 } from "../../model/base64-json.js";
import { parsedJson } from "../../model/parsed-json.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { hasEnvelope, isEventFamily } from "../fields/families.js";

/** A step to an event: the name of a member, or what jq writes for a list or a text. */
type Step = string | { readonly inJq: string };

const EACH: Step = { inJq: "[]" };
/** Loki writes pairs of a time and a text. */
const SECOND: Step = { inJq: "[1]" };
const TEXT: Step = { inJq: " | fromjson?" };
const BASE64: Step = { inJq: " | @base64d | fromjson?" };

/** Names that loggers, collectors and exports give to what they carry: no hint repeats another name. */
const CARRYING: readonly string[] = [
  ..."event events record records entry entries item items list log logs line lines message messages msg".split(
    " ",
  ),
  ..."data detail body payload content value values fields properties attributes result results".split(" "),
  ..."after extra streams row_to_json Body Data kinesis Messages MSG short_message full_message".split(" "),
  ..."logEvents hits _source _raw jsonPayload textPayload Event Log Log_s Message Records @message".split(
    " ",
  ),
];

const MAX_STEPS = 8;

/** How to take out the events that a record carries, as a hint; undefined if their place has no common name. */
export function wayToWrappedEvents(value: JsonObject): string | undefined {
  const path = pathToEvent(value, []);
  if (path === undefined) return undefined;
  // --unwrap reads a text by itself.
  const names = path.at(-1) === TEXT || path.at(-1) === BASE64 ? path.slice(0, -1) : path;
  if (names.every((step) => typeof step === "string"))
    return `check the log again with --unwrap /${names.join("/")}`;
  return `take the events out: jq -c '${programOf(path)}' FILE | mplp-check -`;
}

function programOf(path: readonly Step[]): string {
  return path
    .map((step, index) => {
      if (typeof step !== "string") return step.inJq;
      const before = path[index - 1];
      return before === TEXT || before === BASE64 ? ` | ${memberOf(step)}` : memberOf(step);
    })
    .join("");
}

/** A member as jq names it. */
function memberOf(name: string): string {
  return /^\w+$/.test(name) ? `.${name}` : `.${JSON.stringify(name)}`;
}

function pathToEvent(value: unknown, path: readonly Step[]): readonly Step[] | undefined {
  if (path.length > 0 && isEvent(value)) return path;
  if (path.length === MAX_STEPS) return undefined;
  if (typeof value === "string") {
    const inner = parsedJson(withoutBase64(value));
    const step = isObjectInBase64(value) ? BASE64 : TEXT;
    return isJsonObject(inner) ? pathToEvent(inner, [...path, step]) : undefined;
  }
  if (Array.isArray(value))
    return pathToEvent(value[0], [...path, EACH]) ?? pathToEvent(value[1], [...path, SECOND]);
  if (!isJsonObject(value)) return undefined;
  for (const name of CARRYING) {
    const found = Object.hasOwn(value, name) ? pathToEvent(value[name], [...path, name]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function isEvent(value: unknown): boolean {
  return isJsonObject(value) && (isEventFamily(value.event_family) || hasEnvelope(value));
}
