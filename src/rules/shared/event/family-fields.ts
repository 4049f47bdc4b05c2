import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import { FAMILY_FIELDS, type StructuredFamily } from "../../../protocol/fields/families.js";
import type { MplpEventRule } from "../define.js";
import { worded } from "../wording.js";
import { whereabouts } from "./whereabouts.js";

type Part = Pick<MplpEventRule, "evidence" | "clauses" | "scopes" | "explain">;

/**
 * The checking half of a rule about the fields that a family requires. It explains every defect that schemas or
 * invariants show in them, except in enums that have a clause of their own.
 */
export function familyFields(family: StructuredFamily, clause: ClauseId, enums: readonly string[]): Part {
  const fields: ReadonlySet<string> = new Set(FAMILY_FIELDS[family]);
  return {
    evidence: "event",
    clauses: [clause],
    scopes: [family],
    explain: (defect, { event }) => {
      if (defect.target !== "event" || !fields.has(defect.field)) return undefined;
      if (defect.problem === "enum" && enums.includes(defect.field)) return undefined;
      const hint = defect.problem === "missing" ? whereabouts(event, defect.field) : {};
      return { ...worded(defect, defect.field, event[defect.field]), ...hint, pointer: defect.pointer };
    },
  };
}

/** The checking half of a rule about one enumerated field of a family. */
export function familyEnum(
  family: StructuredFamily,
  clause: ClauseId,
  field: string,
): Part & Pick<MplpEventRule, "applies"> {
  return {
    evidence: "event",
    clauses: [clause],
    scopes: [family],
    applies: ({ event }) => typeof event[field] === "string",
    explain: (defect, { event }) => {
      if (defect.target !== "event" || defect.field !== field || defect.problem !== "enum") return undefined;
      return { ...worded(defect, field, event[field]), pointer: defect.pointer };
    },
  };
}
