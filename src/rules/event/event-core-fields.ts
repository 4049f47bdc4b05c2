import type { JsonObject } from "../../model/subject.js";
import { CORE_FIELDS } from "../../spec/families.js";
import type { MplpEventRule } from "../define.js";
import { worded } from "../wording.js";
import { whereabouts } from "./whereabouts.js";

/** PS-4.1-1: an event carries event_id, event_type, event_family and timestamp, all strings. */
export const eventCoreFields: MplpEventRule = {
  evidence: "event",
  id: "event-core-fields",
  clauses: ["PS-4.1-1"],
  scopes: ["event"],
  title: "Events carry the four core fields",
  why: "Every reader relies on these fields to identify, sort and dispatch events.",
  fix: "Set event_id, event_type, event_family and timestamp, as strings, on every event.",
  explain: (defect, { event }) => {
    if (defect.target !== "event" || !CORE.has(defect.field)) return undefined;
    if (defect.problem !== "missing" && defect.problem !== "type") return undefined;
    const hint = defect.problem === "missing" ? missingHint(defect.field, event) : {};
    return { ...worded(defect, defect.field, undefined), pointer: defect.pointer, ...hint };
  },
};

const CORE: ReadonlySet<string> = new Set(CORE_FIELDS);

function missingHint(field: string, event: JsonObject): { readonly hint?: string } {
  if (field === "event_family" && event.source !== undefined && event.data !== undefined) {
    return {
      hint: "this looks like an event of common/events (source and data), which is another kind of object",
    };
  }
  return whereabouts(event, field);
}
