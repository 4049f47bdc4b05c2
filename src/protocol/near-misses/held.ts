import { isJsonObject, type JsonObject } from "../../model/subject.js";

/** True if a member of a record is such an object, or a list with one. */
export function holds(value: JsonObject, isOne: (part: JsonObject) => boolean): boolean {
  return Object.values(value).some((member) => {
    const parts: readonly unknown[] = Array.isArray(member) ? member : [member];
    return parts.some((part) => isJsonObject(part) && isOne(part));
  });
}
