import type { MplpEventRule } from "../define.js";
import { worded } from "../wording.js";

/** PS-4.1-7: payload, where present, is an object. */
export const payloadObject: MplpEventRule = {
  evidence: "event",
  id: "payload-object",
  clauses: ["PS-4.1-7"],
  scopes: ["event"],
  title: "payload is an object",
  why: "Readers look members of payload up by name; a string or an array has none.",
  fix: "Put the data into an object, or leave payload out where there is none.",
  applies: ({ event }) => event.payload !== undefined,
  explain: (defect) => {
    if (defect.target !== "event" || defect.field !== "payload") return undefined;
    return { ...worded(defect, "payload", undefined), pointer: defect.pointer };
  },
};
