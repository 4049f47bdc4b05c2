import type { Subject } from "../../model/subject.js";
import type { MplpEventRule } from "../shared/define.js";
import { worded } from "../shared/wording.js";

/**
 * Words the defects that no other rule explains: given schemas and invariants may ask for more than the protocol. A
 * user should know them, but they never change a verdict.
 */
export const beyondTheProtocol: MplpEventRule = {
  evidence: "event",
  id: "beyond-the-protocol",
  clauses: ["PS-4.1-1"],
  alsoCites: ["IS-4.3-2", "SA-1", "MAP-1", "RG-4.4-1"],
  scopes: ["event", "integration", "sa", "map", "learning-sample"],
  title: "Findings of your own checks are only notes",
  why: "Your schema or invariant asks for more than MPLP does, so this does not affect conformance.",
  fix: "Look at the schemas and invariants that you gave to this run.",
  applies: () => false,
  explain: (defect, { subject }) => {
    const target = defect.target === "own" ? TARGETS[subject.kind] : defect.target;
    const clause = CLAUSES[target ?? "event"];
    const asker =
      defect.invariant === undefined ? "a schema given to this run" : `invariant ${defect.invariant}`;
    const { message } = worded(defect, "a value", undefined);
    return {
      message: `${asker} objects: ${message}`,
      pointer: defect.pointer,
      level: "NOTE",
      clauses: [clause],
    };
  },
};

/** The clause under which a project's own objection is listed, by kind of subject. */
const TARGETS: Readonly<Partial<Record<Subject["kind"], keyof typeof CLAUSES>>> = {
  "integration-event": "integration",
  "learning-sample": "learning-sample",
};

const CLAUSES = {
  event: "PS-4.1-1",
  integration: "IS-4.3-2",
  sa: "SA-1",
  map: "MAP-1",
  "learning-sample": "RG-4.4-1",
} as const;
