/** RFC 2119 levels, as the clause catalogue uses them. */
export type Level = "MUST" | "SHOULD" | "MAY";

/** The level of one finding. A NOTE never changes a clause's status. */
export type FindingLevel = Level | "NOTE";

/** From which level on findings make a run fail. */
export type FailOn = "must" | "should" | "may" | "none";

/** Levels from the strictest to the mildest. */
export const LEVELS: readonly FindingLevel[] = ["MUST", "SHOULD", "MAY", "NOTE"];

/** The specification documents (and the input format itself) that clauses stand in. */
export type DocumentId = "IN" | "PS" | "RG" | "IS" | "PROFILE";

/** One normative statement that a report gives a status to. */
export interface Clause<Id extends string = string> {
  readonly id: Id;
  readonly document: DocumentId;
  /** Subsection number as printed in the document, e.g. "4.1". */
  readonly section: string;
  /** Heading of that subsection in the document. */
  readonly sectionTitle: string;
  /** The clause in a few words. */
  readonly title: string;
  readonly level: Level;
  /** The word the document prints where it states the requirement. */
  readonly keyword?: string;
  /** stated: a normative sentence; derived: it follows from definitions; practice: a recommendation. */
  readonly basis: "stated" | "derived" | "practice";
  readonly evidence: Evidence;
  /** What the clause asks for, in our words. */
  readonly text: string;
  /** The condition under which the clause applies at all; without one it always does. */
  readonly when?: string;
  /** Whether the runtime's authors may state it where nothing shows it; of other clauses statements count for nothing. */
  readonly attestable?: true;
  /** What to give a run so that the clause can be shown, where a claim needs it and nothing shows it. */
  readonly supply?: string;
}

/** What has to be looked at to judge a clause. */
type Evidence = "event" | "log" | "mapping" | "log+mapping" | "snapshots" | "samples" | "attestation";

/** How a clause ends in a report. Nothing checked is never "satisfied". */
export type ClauseStatus =
  | "satisfied"
  | "violated"
  /** What breaks it has been waived, all of it. */
  | "waived"
  | "not-exercised"
  | "inconclusive"
  | "not-applicable"
  | "attested"
  | "not-checkable";

export const CLAUSE_STATUSES: readonly ClauseStatus[] = [
  "satisfied",
  "violated",
  "waived",
  "attested",
  "inconclusive",
  "not-exercised",
  "not-applicable",
  "not-checkable",
];
