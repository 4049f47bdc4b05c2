import type { FindingLevel } from "./clause.js";
import type { ValueDigests } from "./value-digests.js";
import type { Waiver } from "./waiver.js";

/** A place in an input. Lines and columns are 1-based; columns count UTF-16 code units. */
export interface Location {
  readonly path: string;
  readonly line: number;
  /** 1-based number of the record, if its line has several; otherwise left out. */
  readonly record?: number;
  /** The column of the value, or of the object if a member is missing. Unknown for some log-level evidence. */
  readonly column?: number;
  /** RFC 6901 pointer into the record. */
  readonly pointer?: string;
  /** The family of the event, if it is one of the twelve. */
  readonly family?: string;
  /** True if the finding is about something missing from the whole file or log. */
  readonly absent?: true;
  readonly excerpt?: Excerpt;
  /** When it happened, in UTC as RFC 3339 has it; left out if the record does not tell, or could not be read again. */
  readonly time?: string;
  /**
   * Only while the input could not be read again: the record to compare with this one. The pointer will be that of the
   * first member in which the two differ.
   */
  readonly differsFrom?: Pick<Location, "path" | "line" | "record">;
}

/** The relevant part of a line, safe to print: without control characters, with bounded length. */
export interface Excerpt {
  /** The line of the text; differs from the location's if a record spans several lines. */
  readonly line: number;
  readonly text: string;
  /** Start and length of the value in `text`, in UTF-16 code units. */
  readonly start: number;
  readonly length: number;
}

/** All occurrences of one defect: same rule, level, message and pointer shape. */
export interface Finding {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly level: FindingLevel;
  readonly message: string;
  /** Advice for this defect, if it can be more precise than the rule's. */
  readonly hint?: string;
  /** Identifies the finding, the same in every run: see fingerprintOf. */
  readonly fingerprint: string;
  /** Why the finding is waived. */
  readonly waiver?: Waiver;
  /** The original level, if the configuration changed it. */
  readonly ownLevel?: FindingLevel;
  readonly count: number;
  /** The first occurrences in log order, at most --max-findings of them. */
  readonly locations: readonly Location[];
  /** For each of `locations`, the other lines of the evidence. */
  readonly related: readonly Location[];
}

/** The part of a finding that a baseline keeps. */
export interface CountedKind
  extends Pick<Finding, "fingerprint" | "rule" | "clauses" | "level" | "message" | "waiver" | "count"> {
  /** Digests of the secrets or ids in the finding, if the policy has a key for them. */
  readonly values?: ValueDigests;
}

/** One line of the --findings file. */
export interface Occurrence {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly level: FindingLevel;
  readonly message: string;
  readonly hint?: string;
  readonly path: string;
  readonly line: number;
  /** 1-based number of the record, if its line has several. */
  readonly record?: number;
  readonly column?: number;
  readonly pointer?: string;
  readonly event_id?: string;
  readonly waived?: true;
  readonly absent?: true;
  readonly related?: readonly Pick<Location, "path" | "line" | "record">[];
}
