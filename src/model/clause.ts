/** RFC 2119 levels, as the clause catalogue uses them. */
export type Level = "MUST" | "SHOULD" | "MAY";

/** The level of one finding. A NOTE never changes a clause's status. */
export type FindingLevel = Level | "NOTE";

/** The lowest level at which findings make a run fail. */
export type FailOn = "must" | "should" | "may" | "none";

/** Levels from the strictest to the mildest. */
export const LEVELS: readonly FindingLevel[] = ["MUST", "SHOULD", "MAY", "NOTE"];

/** Counts by level, which begin at 0. */
export function countsByLevel(): Record<FindingLevel, number> {
  return { MUST: 0, SHOULD: 0, MAY: 0, NOTE: 0 };
}

/** The specification documents (and the input format itself) that contain clauses. */
export type DocumentId = "IN" | "PS" | "RG" | "IS" | "PROFILE";

/** One normative statement, which gets a status in every report. */
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
  /** The keyword that the document prints in the requirement. */
  readonly keyword?: string;
  /** stated: a normative sentence; derived: it follows from definitions; practice: a recommendation. */
  readonly basis: "stated" | "derived" | "practice";
  readonly evidence: EvidenceKind;
  /** The requirement in our words. */
  readonly text: string;
  /** The condition under which the clause applies; default: always. */
  readonly when?: string;
  /** A clause that is tested wherever the condition holds, besides those with the same condition. */
  readonly metWith?: string;
  /**
   * True if the runtime's authors may attest it when no evidence shows it. Attestations of other clauses are ignored.
   */
  readonly attestable?: true;
  /** The input that would demonstrate the clause, for a claim that lacks it. */
  readonly supply?: string;
}

/** The kind of evidence that a clause needs. */
export type EvidenceKind =
  | "event"
  | "log"
  | "mapping"
  | "log+mapping"
  | "snapshots"
  | "samples"
  | "attestation";

/** The status of a clause in a report. A clause that was never checked is not "satisfied". */
export type ClauseStatus =
  | "satisfied"
  | "violated"
  /** Every finding that violates it has been waived. */
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
