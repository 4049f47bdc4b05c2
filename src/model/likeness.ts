/** What decides whether two records are alike. */
export interface Terms {
  /** The members whose values must be the same, or UUIDs of version 4 in both, or times in both. */
  readonly members: readonly string[];
  /** Members of members with which a record is like no other. */
  readonly apart: readonly string[];
}

/** No record is like another. */
export const NO_TERMS: Terms = { members: [], apart: [] };
