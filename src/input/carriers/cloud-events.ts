import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { type Carrier, type Content, without } from "./carrier.js";

/** CloudEvents 1.0 in JSON: `data` is an object or a text, `data_base64` its bytes. */
export const cloudEvents: Carrier = {
  name: "cloudevents",
  inObject: (value) => {
    if (typeof value.specversion !== "string" || typeof value.type !== "string") return undefined;
    const contents = [...dataIn(value), ...bytesIn(value)];
    if (contents.length === 0) return undefined;
    const { datacontenttype: type } = value;
    const isOther = typeof type === "string" && !/json/i.test(type);
    return { contents, rest: without(value, "data", "data_base64"), mayBeOther: isOther };
  },
};

function dataIn({ data }: JsonObject): Content[] {
  if (isJsonObject(data)) return [{ pointer: "/data" }];
  return typeof data === "string" ? [{ text: data }] : [];
}

function bytesIn({ data_base64: encoded }: JsonObject): Content[] {
  return typeof encoded === "string" ? [{ text: Buffer.from(encoded, "base64") }] : [];
}
