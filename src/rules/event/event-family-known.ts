import { intendedFamily } from "../../protocol/fields/families.js";
import type { MplpEventRule } from "../shared/define.js";

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
    const meant = typeof event.event_family === "string" ? intendedFamily(event.event_family) : undefined;
    return {
      message: "event_family is not one of the twelve families",
      hint:
        meant === undefined
          ? `the families: ${(defect.allowed ?? []).join(", ")}`
          : `did you mean "${meant}"?`,
      pointer: defect.pointer,
    };
  },
};
