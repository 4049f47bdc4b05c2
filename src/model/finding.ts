import type { FindingLevel } from "./clause.js";
import type { ValueDigests } from "./value-digests.js";
import type { Waiver } from "./waiver.js";

/** A place in an input. Lines and columns are 1-based; columns count UTF-16 code units. */
export interface Location {
  readonly path: string;
  readonly line: number;
  /** Which of several records on its line it is about, from 1; left out where there is one. */
  readonly record?: number;
  /** Where the value starts, or the object when a member is missing. Unknown for some log-level evidence. */
  readonly column?: number;
  /** RFC 6901 pointer into the record. */
  readonly pointer?: string;
  /** True where the finding is about something that the whole file or log does not contain. */
  readonly absent?: true;
  readonly excerpt?: Excerpt;
}

/** The part of a line that a finding is about, safe to print: no control characters, bounded length. */
export interface Excerpt {
  /** Line the text stands on; differs from the location's where one record spans several lines. */
  readonly line: number;
  readonly text: string;
  /** Where in `text` the value starts and how long it is, in UTF-16 code units. */
  readonly start: number;
  readonly length: number;
}

/** All occurrences of one defect: same rule, level, message and pointer shape. */
export interface Finding {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly level: FindingLevel;
  readonly message: string;
  /** What to do about this particular defect, where more can be said than the rule's own advice. */
  readonly hint?: string;
  /** Names what the finding is, the same in every run: see fingerprintOf. */
  readonly fingerprint: string;
  /** Why it does not count. */
  readonly waiver?: Waiver;
  /** The level it would have, had the configuration not changed it. */
  readonly ownLevel?: FindingLevel;
  readonly count: number;
  /** The first occurrences in log order, at most --max-findings of them. */
  readonly locations: readonly Location[];
  /** For each of `locations`, the other lines that make up the evidence. */
  readonly related: readonly Location[];
}

/** What a baseline keeps of a finding. */
export interface CountedKind
  extends Pick<Finding, "fingerprint" | "rule" | "clauses" | "level" | "message" | "waiver" | "count"> {
  /** Digests of the secrets or ids that it is about, where the policy has a key for them. */
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
  /** Which of several records on its line it is about, from 1. */
  readonly record?: number;
  readonly column?: number;
  readonly pointer?: string;
  readonly event_id?: string;
  readonly waived?: true;
  readonly absent?: true;
  readonly related?: readonly Pick<Location, "path" | "line" | "record">[];
}
