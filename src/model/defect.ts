/** What is wrong with a value, in one word; schema keywords and invariant rules map onto it. */
export type Problem =
  | "missing"
  /** Of a whole object: its fields are not there, or under other names. */
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

/** Which object of the record was checked; "own" are objections of a project's own invariants, whatever the object. */
export type DefectTarget = "event" | "integration" | "sa" | "map" | "learning-sample" | "own";

const ENVELOPED: readonly DefectTarget[] = ["event", "sa", "map"];

/** Whether a defect is one of an envelope that events and profile events share. */
export function isOfEnvelope({ target }: Defect): boolean {
  return ENVELOPED.includes(target);
}

/**
 * One wrong or missing value, as the schemas and invariants see it. A value that breaks both is one
 * defect: `schema` and `invariant` tell who objects.
 */
export interface Defect {
  readonly target: DefectTarget;
  readonly problem: Problem;
  /** Path of the value in the checked object: "event_id", "stages/0/status". */
  readonly field: string;
  /** JSON Pointer of the value in the record; of a missing value, where it should stand. */
  readonly pointer: string;
  /** What is allowed: enum values, a type name, a minimum. */
  readonly allowed?: readonly string[] | undefined;
  /** True where a JSON Schema rejects the value. */
  readonly schema: boolean;
  /** Id of the invariant that rejects it, if any. */
  readonly invariant?: string | undefined;
}
