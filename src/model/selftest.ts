import type { ClaimName } from "./claim.js";
import type { Level } from "./clause.js";
import type { RunError } from "./report.js";

/** What a selftest has found: which mutations of the user's inputs a check notices. See schemas/selftest.schema.json. */
export interface Selftest {
  readonly inputs: readonly MutatedInput[];
  readonly claims: readonly ClaimName[];
  /** True if the log was declared complete. */
  readonly complete: boolean;
  readonly totals: Tried;
  /** Every clause of the catalogue, in its order. */
  readonly clauses: readonly TestedClause[];
  /** Inputs that could not be read. */
  readonly errors: readonly RunError[];
}

/** How the mutations of some kind ended. `tried` is the sum of `noticed` and `unnoticed`. */
export interface Tried {
  readonly tried: number;
  readonly noticed: number;
  readonly unnoticed: number;
  /** Kinds of mutations that no record of the log fits. */
  readonly notExercised: number;
}

export interface MutatedInput {
  readonly path: string;
  /** Number of records in which mutations could be made. */
  readonly records: number;
  /** The line that the last of them begins on, if the input has more records than these. */
  readonly upToLine?: number;
}

export interface TestedClause extends Tried {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  /** Why no mutation can break the clause; left out if one can. */
  readonly untestable?: string;
  readonly mutations: readonly TriedMutation[];
}

/** One kind of mutation: tried at some places, or not at all. */
export interface TriedMutation {
  /** What is done. */
  readonly name: string;
  /** Why it was not tried; left out if it was. */
  readonly notExercised?: string;
  readonly places: readonly TriedPlace[];
}

export interface TriedPlace {
  readonly path: string;
  /** 1-based line where the changed record begins. */
  readonly line: number;
  /** The changed member. */
  readonly pointer: string;
  readonly isNoticed: boolean;
}

/**
 * The exit code of a selftest: 2 if an input could not be read, 1 if a mutation stayed unnoticed, 3 if none could be
 * tried, else 0.
 */
export function selftestExitCode({ errors, totals }: Pick<Selftest, "errors" | "totals">): 0 | 1 | 2 | 3 {
  if (errors.length > 0) return 2;
  if (totals.unnoticed > 0) return 1;
  return totals.tried === 0 ? 3 : 0;
}
