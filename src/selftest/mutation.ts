import type { FindingLevel } from "../model/clause.js";
import type { JsonObject } from "../model/subject.js";
import type { ClauseId } from "../protocol/clauses/clauses.js";
import type { Excerpt, HeldRecord } from "./excerpt.js";

/** What a run must be like for a mutation to break its clause. */
export type Need = "complete" | "complete-or-runtime" | "runtime" | "all-read";

/** One way to break a clause, by a change of the user's own records. */
export interface Mutation {
  readonly clause: ClauseId;
  /** The change, as a sentence without its end: "event_id gets version 1". The same in every log. */
  readonly name: string;
  /** The level at which a finding must cite the clause. Default: the clause's own level. */
  readonly level?: Extract<FindingLevel, "NOTE">;
  readonly needs?: readonly Need[];
  /** What a log must hold, completing "the log has no ...". */
  readonly wants: string;
  /** All places where the mutation fits, in the order of the log. */
  places(excerpt: Excerpt): Iterable<Place>;
}

/** A place where a mutation fits. */
export interface Place {
  /** The record to show. */
  readonly at: HeldRecord;
  /** The member that is changed, as a JSON Pointer; "" is the whole record. */
  readonly pointer: string;
  /**
   * The records that the clause is judged by together, if not `at` alone. If one of them breaks the clause already, a
   * mutation might change nothing.
   */
  readonly about?: readonly HeldRecord[];
  edits(): readonly Edit[];
}

/** The lines that replace a record: texts as they are, objects as their JSON. A document is replaced by one object. */
export interface Edit {
  readonly record: HeldRecord;
  readonly lines: readonly (string | JsonObject)[];
}
