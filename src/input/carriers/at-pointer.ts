import { isObjectInBase64 } from "../../model/base64-json.js";
import { segmentsOf, valueAtPointer } from "../../model/pointer.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { type Carrier, without } from "./carrier.js";

/** A carrier of which we know only the place of its content. */
export function atPointer(pointer: string): Carrier {
  return {
    name: pointer,
    inObject: (value) => {
      const content = valueAtPointer(value, pointer);
      const rest = withoutAt(value, segmentsOf(pointer));
      if (isJsonObject(content)) return { contents: [{ pointer }], rest, mayBeOther: false };
      if (typeof content !== "string") return undefined;
      const text = isObjectInBase64(content) ? Buffer.from(content, "base64") : content;
      return { contents: [{ text }], rest, mayBeOther: false };
    },
  };
}

/** All members of the objects on the path, except those that the path goes through. */
function withoutAt(value: JsonObject, path: readonly string[]): unknown[] {
  const others: unknown[] = [];
  let at: unknown = value;
  for (const name of path) {
    if (typeof at !== "object" || at === null) break;
    others.push(without(at as JsonObject, name));
    at = (at as JsonObject)[name];
  }
  return others;
}
