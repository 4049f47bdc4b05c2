import type { Defect } from "../../model/defect.js";
import type { Draft, Examined } from "../../model/rule.js";
import type { JsonObject } from "../../model/subject.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { CORE_FIELDS } from "../../protocol/fields/families.js";
import { uuidAdvice } from "../../protocol/near-misses/uuids.js";
import type { MplpEventRule } from "../shared/define.js";
import { familyByFields, whereabouts } from "../shared/event/whereabouts.js";
import { hinted, renaming, worded } from "../shared/wording.js";

/** PS-4.1-1: an event carries event_id, event_type, event_family and timestamp, all strings. */
export const eventCoreFields: MplpEventRule = {
  evidence: "event",
  id: "event-core-fields",
  clauses: ["PS-4.1-1"],
  scopes: ["event"],
  title: "Events carry the four core fields",
  why: "Every reader relies on these fields to identify, sort and dispatch events.",
  fix: "Set event_id, event_type, event_family and timestamp, as strings, on every event.",
  explain: (defect, examined) => {
    const { event } = examined;
    if (defect.target === "event" && defect.problem === "misnamed") return misnamed(defect, examined);
    if (defect.target !== "event" || !CORE.has(defect.field)) return undefined;
    if (defect.problem !== "missing" && defect.problem !== "type") return undefined;
    const hint =
      defect.problem === "missing" ? missingHint(defect.field, event) : typeHint(defect.field, event);
    return { ...worded(defect, defect.field, event[defect.field]), pointer: defect.pointer, ...hint };
  },
};

/** An event with its core fields in another spelling gets one finding, not one for each field. */
function misnamed({ pointer }: Defect, { event, subject }: Examined): Draft<ClauseId> {
  const renames = subject.kind === "event" ? (subject.renames ?? []) : [];
  const renamed = renames.map(({ field }) => field);
  const lost = CORE_FIELDS.filter((name) => event[name] === undefined && !renamed.includes(name));
  return {
    message: "the event has its core fields under other names",
    pointer,
    ...hinted(renaming(renames), lost.length > 0 && `missing besides: ${lost.join(", ")}`),
  };
}

/** What an id must be instead of a number. Times have advice of their own. */
function typeHint(field: string, event: JsonObject): { readonly hint?: string } {
  return hinted(field === "event_id" && typeof event.event_id === "number" && uuidAdvice(event.event_id));
}

const CORE: ReadonlySet<string> = new Set(CORE_FIELDS);

function missingHint(field: string, event: JsonObject): { readonly hint?: string } {
  if (field === "event_family" && event.source !== undefined && event.data !== undefined) {
    return {
      hint: "this looks like an event of common/events (source and data), which is another kind of object",
    };
  }
  const elsewhere = whereabouts(event, field);
  if (field !== "event_family" || elsewhere.hint !== undefined) return elsewhere;
  return hinted(familyByFields(event) ?? false);
}
