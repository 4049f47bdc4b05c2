/** One line of the --rejected file: an integration event that violates its schema or its invariants (IS-13.3-1). */
export interface Rejected {
  readonly path: string;
  /** 1-based line of the record's start. */
  readonly line: number;
  /** 1-based number of the record, if its line has several; otherwise left out. */
  readonly record?: number;
  readonly reasons: readonly Reason[];
  /** The record with masks in place of secrets; as text if the masks make it invalid JSON. */
  readonly event: unknown;
}

interface Reason {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly message: string;
  /** RFC 6901 pointer into the record. */
  readonly pointer: string;
}
