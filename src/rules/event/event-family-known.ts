import type { JsonObject } from "../../model/subject.js";
import { intendedFamily } from "../../protocol/fields/families.js";
import type { MplpEventRule } from "../shared/define.js";
import { familyByFields } from "../shared/event/whereabouts.js";

/** PS-4.2-1: event_family is one of the twelve values, in their exact spelling. */
export const eventFamilyKnown: MplpEventRule = {
  evidence: "event",
  id: "event-family-known",
  clauses: ["PS-4.2-1"],
  scopes: ["event"],
  title: "event_family is one of the twelve",
  why: "The family decides which schema applies; no schema checks an event of an unknown family.",
  fix: "Use the schema's spelling. The Integration Spec prints ExternalIntegrationEvent, but the enum says external_integration, and the enum counts.",
  applies: ({ event }) => typeof event.event_family === "string",
  explain: (defect, { event }) => {
    if (defect.target !== "event" || defect.field !== "event_family") return undefined;
    if (defect.problem !== "enum" && defect.problem !== "const") return undefined;
    return {
      message: "event_family is not one of the twelve families",
      hint: hintFor(event, defect.allowed ?? []),
      pointer: defect.pointer,
    };
  },
};

function hintFor(event: JsonObject, families: readonly string[]): string {
  const meant = typeof event.event_family === "string" ? intendedFamily(event.event_family) : undefined;
  if (meant !== undefined) return `did you mean "${meant}"?`;
  return familyByFields(event) ?? `the families: ${families.join(", ")}`;
}
