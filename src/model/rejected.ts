/** One line of the --rejected file: an integration event that its schema or its invariants refuse (IS-13.3-1). */
export interface Rejected {
  readonly path: string;
  /** Where the record begins, from 1. */
  readonly line: number;
  /** Which of several records on its line it is, from 1; left out where it is alone. */
  readonly record?: number;
  readonly reasons: readonly Reason[];
  /** The record as it stood, with masks in place of secrets; its text where that is no JSON with the masks. */
  readonly event: unknown;
}

interface Reason {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly message: string;
  /** RFC 6901 pointer into the record. */
  readonly pointer: string;
}
