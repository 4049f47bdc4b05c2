import type { MplpEventRule } from "../shared/define.js";
import { fieldsHint } from "../shared/integration/payload-fault.js";
import { worded } from "../shared/wording.js";

/** PS-4.1-7: payload, if present, is an object. */
export const payloadObject: MplpEventRule = {
  evidence: "event",
  id: "payload-object",
  clauses: ["PS-4.1-7"],
  alsoCites: ["IS-4.3-1", "IS-4.3-2"],
  scopes: ["event"],
  title: "payload is an object",
  why: "Readers look up members of payload by name; a string or an array has no named members.",
  fix: "Put the data into an object, or leave payload out if there is no data.",
  applies: ({ event }) => event.payload !== undefined,
  explain: (defect, { event, integration }) => {
    if (defect.target !== "event" || defect.field !== "payload") return undefined;
    const wording = { ...worded(defect, "payload", event.payload), pointer: defect.pointer };
    if (integration?.fault === undefined) return wording;
    // Its event_type shows an integration event, so the payload breaks the integration clauses too.
    return { ...wording, hint: fieldsHint(integration), clauses: ["PS-4.1-7", "IS-4.3-1", "IS-4.3-2"] };
  },
};
