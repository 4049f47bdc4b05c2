import type { MplpEventRule } from "../define.js";
import { worded } from "../wording.js";

/** The checking half of the rules that profile events conform to their profile's schema. */
export function profileEvent(
  profile: "sa" | "map",
  clause: "SA-1" | "MAP-1",
): Pick<MplpEventRule, "evidence" | "clauses" | "scopes" | "explain"> {
  return {
    evidence: "event",
    clauses: [clause],
    scopes: [profile],
    explain: (defect, { event }) => {
      if (defect.target !== profile || !defect.schema) return undefined;
      if (defect.problem === "unknown-property") {
        return {
          message: `the ${profile.toUpperCase()} event has a property that its schema does not allow`,
          hint: "the schema is closed: put data of your own under payload",
          pointer: defect.pointer,
          shape: "/*",
        };
      }
      return { ...worded(defect, defect.field, event[defect.field]), pointer: defect.pointer };
    },
  };
}
