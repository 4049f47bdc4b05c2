/** Decides whether two records are alike. */
export interface Terms {
  /** Members whose values must be equal in both records, or version 4 UUIDs in both, or times in both. */
  readonly members: readonly string[];
  /** Nested members that make a record unlike every other. */
  readonly apart: readonly string[];
}

/** Records are never alike. */
export const NO_TERMS: Terms = { members: [], apart: [] };
