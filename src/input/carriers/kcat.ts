import { isJsonObject } from "../../model/subject.js";
import { type Carrier, type Content, without } from "./carrier.js";

/** `kcat -J`: the payload of a message with its topic, partition and offset. */
export const kcat: Carrier = {
  name: "kcat",
  inObject: (value) => {
    const { topic, partition, offset, payload } = value;
    if (typeof topic !== "string" || typeof partition !== "number" || typeof offset !== "number")
      return undefined;
    const contents = contentsOf(payload);
    if (contents === undefined) return undefined;
    return { contents, rest: without(value, "payload"), mayBeOther: false };
  },
};

/** A message without payload deletes an earlier one, so it carries nothing. */
function contentsOf(payload: unknown): Content[] | undefined {
  if (payload === null) return [];
  if (isJsonObject(payload)) return [{ pointer: "/payload" }];
  return typeof payload === "string" ? [{ text: payload }] : undefined;
}
