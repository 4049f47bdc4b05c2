import { isOfEnvelope } from "../../model/defect.js";
import type { MplpEventRule } from "../shared/define.js";
import { profileClause } from "../shared/profile/profile-clause.js";
import { worded } from "../shared/wording.js";

/** PS-4.1-4: event_type is not empty or blank. The schema alone accepts "". */
export const eventTypeNonEmpty: MplpEventRule = {
  evidence: "event",
  id: "event-type-non-empty",
  clauses: ["PS-4.1-4"],
  alsoCites: ["SA-1", "MAP-1"],
  scopes: ["event", "sa", "map"],
  title: "event_type is not empty",
  why: "The type is the only field that says what happened within a family.",
  fix: "Give each kind of event a name of its own, such as plan_created.",
  explain: (defect, { event }) => {
    if (!isOfEnvelope(defect) || defect.field !== "event_type" || defect.problem !== "empty")
      return undefined;
    const profile = profileClause(defect);
    return {
      ...worded(defect, "event_type", event.event_type),
      pointer: defect.pointer,
      clauses: profile === undefined ? ["PS-4.1-4"] : ["PS-4.1-4", profile],
    };
  },
};
