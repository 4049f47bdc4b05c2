import { isOfficialInvariant } from "../../protocol/invariants/invariant-conditions.js";
import type { MplpEventRule } from "../shared/define.js";
import { wordedField } from "./integration-schema.js";

/** IS-4.3-2: an integration event keeps the integration invariants, even those that its schema does not test. */
export const integrationInvariants: MplpEventRule = {
  evidence: "event",
  id: "integration-invariants",
  clauses: ["IS-4.3-2"],
  scopes: ["integration"],
  title: "Integration events pass the invariants",
  why: "The invariants refuse what the schemas let through, such as names made of blanks only.",
  fix: "Fill the field with a real value before you emit the event.",
  explain: (defect, { integration }) => {
    if (defect.target !== "integration" || integration === undefined) return undefined;
    if (defect.invariant === undefined || !isOfficialInvariant(defect.invariant)) return undefined;
    return { ...wordedField(defect, integration), pointer: defect.pointer };
  },
};
