import { isOfEnvelope } from "../../model/defect.js";
import type { MplpEventRule } from "../shared/define.js";
import { profileClause } from "../shared/profile/profile-clause.js";
import { worded } from "../shared/wording.js";

/** PS-4.1-2: event_id is a UUID of version 4. The invariant tests the version, the schema's format does not. */
export const eventIdV4: MplpEventRule = {
  evidence: "event",
  id: "event-id-v4",
  clauses: ["PS-4.1-2"],
  alsoCites: ["SA-1", "MAP-1"],
  scopes: ["event", "sa", "map"],
  title: "event_id is a UUID v4",
  why: "Random ids keep events apart when logs of several machines are merged; other versions repeat or leak.",
  fix: "Make ids with crypto.randomUUID(), uuid.uuid4() or the like. (Three examples in the specification itself have ids of other versions.)",
  explain: (defect, { event }) => {
    if (!isOfEnvelope(defect) || defect.field !== "event_id") return undefined;
    if (defect.problem !== "not-uuid" && defect.problem !== "not-uuid-v4") return undefined;
    const profile = profileClause(defect);
    return {
      ...worded(defect, "event_id", event.event_id),
      pointer: defect.pointer,
      clauses: profile === undefined ? ["PS-4.1-2"] : ["PS-4.1-2", profile],
    };
  },
};
