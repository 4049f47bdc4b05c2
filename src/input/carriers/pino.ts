import { isJsonObject } from "../../model/subject.js";
import { type Carrier, without } from "./carrier.js";

/** Log lines of pino, bunyan and their like: the event is the member `event`, or the message. */
export const pino: Carrier = {
  name: "pino",
  inObject: (value) => {
    const { level, time, msg, event } = value;
    if (!isScalar(level) || !isScalar(time)) return undefined;
    if (isJsonObject(event))
      return { contents: [{ pointer: "/event" }], rest: without(value, "event"), mayBeOther: true };
    if (typeof msg !== "string") return undefined;
    return { contents: [{ text: msg }], rest: without(value, "msg"), mayBeOther: true };
  },
};

function isScalar(value: unknown): boolean {
  return typeof value === "number" || typeof value === "string";
}
