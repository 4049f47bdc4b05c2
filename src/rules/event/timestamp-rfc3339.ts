import { isOfEnvelope } from "../../model/defect.js";
import type { MplpEventRule } from "../shared/define.js";
import { profileClause } from "../shared/profile/profile-clause.js";
import { worded } from "../shared/wording.js";

/** PS-4.1-5: timestamp is an RFC 3339 date-time with a real date and a zone (spec-conflict X-7). */
export const timestampRfc3339: MplpEventRule = {
  evidence: "event",
  id: "timestamp-rfc3339",
  clauses: ["PS-4.1-5"],
  alsoCites: ["SA-1", "MAP-1"],
  scopes: ["event", "sa", "map"],
  title: "timestamp is an ISO 8601 date-time",
  why: "Events are ordered by instant; a timestamp without a zone, or with a date that does not exist, has no instant.",
  fix: "Write RFC 3339, for instance with toISOString(): 2025-11-30T10:15:30.000Z.",
  explain: (defect, { event }) => {
    if (!isOfEnvelope(defect) || defect.field !== "timestamp") return undefined;
    if (defect.problem !== "not-date-time") return undefined;
    const profile = profileClause(defect);
    return {
      ...worded(defect, "timestamp", event.timestamp),
      pointer: defect.pointer,
      clauses: profile === undefined ? ["PS-4.1-5"] : ["PS-4.1-5", profile],
    };
  },
};
