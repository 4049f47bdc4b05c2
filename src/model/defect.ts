/** The problem of a value, in one word; schema keywords and invariant rules map onto it. */
export type Problem =
  | "missing"
  /** For a whole object: its fields are missing or have other names. */
  | "misnamed"
  | "type"
  | "enum"
  | "const"
  | "not-uuid"
  | "not-uuid-v4"
  | "not-date-time"
  | "not-email"
  | "not-uri"
  | "pattern"
  | "empty"
  | "minimum"
  | "maximum"
  | "unknown-property"
  | "other";

/** The checked object of the record; "own" marks violations of a project's own invariants, whatever the object. */
export type DefectTarget = "event" | "integration" | "sa" | "map" | "learning-sample" | "own";

const ENVELOPED: readonly DefectTarget[] = ["event", "sa", "map"];

/**
 * What determines a defect and the hint for it: "member" the value of one member, "names" that value and the names of all
 * members of the record and of its objects, "other" something else. A missing member may stand in one of them, or have
 * another name; and the payload shows which family was meant.
 */
export function shownBy({ problem, target, field }: Defect): "member" | "names" | "other" {
  if (target === "own" || field === "event_family" || field.includes("/")) return "other";
  if (problem === "missing") return "names";
  return OF_OTHERS.includes(problem) ? "other" : "member";
}

const OF_OTHERS: readonly Problem[] = ["misnamed", "unknown-property", "other"];

/** True if the defect concerns the envelope that events and profile events share. */
export function isOfEnvelope({ target }: Defect): boolean {
  return ENVELOPED.includes(target);
}

/**
 * One wrong or missing value. If both a schema and an invariant reject it, that is still one defect: see `schema` and
 * `invariant`.
 */
export interface Defect {
  readonly target: DefectTarget;
  readonly problem: Problem;
  /** Path of the value in the checked object: "event_id", "stages/0/status". */
  readonly field: string;
  /** JSON Pointer of the value in the record; for a missing value, where it should be. */
  readonly pointer: string;
  /** Allowed values: enum values, a type name, a minimum. */
  readonly allowed?: readonly string[] | undefined;
  /** True if a JSON Schema rejects the value. */
  readonly schema: boolean;
  /** Id of the invariant that rejects it, if any. */
  readonly invariant?: string | undefined;
}
