import type { Activity } from "./activity.js";
import type { CarrierCounts } from "./carriers.js";
import type { ClaimName } from "./claim.js";
import type { ClauseStatus, EvidenceKind, FailOn, FindingLevel, Level } from "./clause.js";
import type { Finding } from "./finding.js";
import type { InputChange } from "./input-change.js";
import type { PartRange } from "./part.js";
import type { CrosscutRow, GraphTotals, StatedRuntime } from "./rule.js";
import type { RecordKind } from "./subject.js";

/**
 * The whole result of a run: a value that contains no times, random ids or machine names. See
 * schemas/report.schema.json.
 */
export interface Report {
  readonly schemaVersion: 1;
  /** The name that the user gave the report. */
  readonly title?: string;
  /** The date that the user gave the report, ISO 8601; never that of the clock. */
  readonly date?: string;
  readonly tool: { readonly name: "mplp-check"; readonly version: string };
  readonly protocol: ProtocolSummary;
  readonly inputs: readonly InputSummary[];
  readonly claims: readonly ClaimName[];
  readonly verdict: Verdict;
  /** The run ended before all input was read. */
  readonly interrupted?: true;
  /** `--complete`: the log covers the whole run, so whatever is open at its end is a violation. */
  readonly complete?: true;
  /** `--redact` has masked the values, ids and names of the sender. */
  readonly redacted?: true;
  /** How many states without a part were merged: nothing shows whether one is missing. Left out if every part is accounted for. */
  readonly unaccountedStates?: number;
  /** The parts of the log that were read, where there are more; left out if the log is whole. */
  readonly onlyParts?: PartRange;
  /** Every clause of the catalogue, in its order. */
  readonly clauses: readonly ClauseResult[];
  readonly findings: readonly Finding[];
  /** Inputs and records that could not be checked (unreadable, or above the size limit), and wrong decisions. */
  readonly errors: readonly RunError[];
  /** Decisions that need attention soon; left out if empty. */
  readonly notices?: readonly Notice[];
  /** Evidence folders among the paths. */
  readonly packs: readonly EvidencePack[];
  /** Files of named folders that were not read, sorted by path; at most 200. `summary.notRead` counts all of them. */
  readonly notRead: readonly NotRead[];
  /** The configuration file in use; left out if there was none. */
  readonly configuration?: ConfigurationSummary;
  /** Why a claim stays open whatever its clauses' status: see reservationsOf. Empty without a claim. */
  readonly reservations: readonly string[];
  /** The runtimes that mappings name, as their authors state them; left out if there are none. */
  readonly runtimes?: readonly RuntimeSummary[];
  /** The sum of each graph's graph_update events, for the first hundred graphs of the log. */
  readonly graphs: readonly GraphTotals[];
  /** One row for each of the nine crosscuts, if a mapping was supplied. Coverage, never a violation. */
  readonly crosscuts: readonly CrosscutRow[];
  /** How the run went over time; left out if no event shows it, and in reports of earlier versions. */
  readonly activity?: Activity;
  readonly summary: Summary;
  /** The level at which findings fail the run, if not the default. */
  readonly failOn?: FailOn;
  /** The descriptions of the rules in `findings`. */
  readonly rules: readonly RuleSummary[];
  /** Whole records around places of findings, if they were asked for. */
  readonly context?: Context;
}

export type Verdict =
  | "nonconformant"
  | "inconclusive"
  | "no-violations-found"
  | "no-violations-found-with-waivers"
  | "conformant"
  | "conformant-with-waivers";

export interface ProtocolSummary {
  readonly version: string;
  /** Digest of the clause catalogue, the schemas and the invariants in use. */
  readonly digest: string;
  /** The origin of the schemas and invariants: the official ones are known by their digest. */
  readonly source: ProtocolSource;
  /** The files and folders that replaced them; left out if there are none. */
  readonly paths?: readonly string[];
  /** Loaded invariants that cannot be evaluated on a log, with the reason. */
  readonly notEvaluated: readonly { readonly id: string; readonly reason: string }[];
}

export type ProtocolSource = "bundled" | "official" | "given";

/** A runtime, with the place of its name in a mapping. */
export interface RuntimeSummary extends StatedRuntime {
  readonly path: string;
  readonly line: number;
}

/** The configuration of a run. */
export interface ConfigurationSummary {
  readonly path: string;
  /** "found" in the working folder or above it, or "named" by an option. */
  readonly origin: "found" | "named";
  /** The file lies in a folder under audit, so the audited party may have written it. */
  readonly isInAudit?: true;
}

const NOT_READ_REASONS = [
  "not MPLP",
  "hidden",
  "link",
  "permission denied",
  "cannot be read",
  "archive",
  "Git LFS pointer",
  "unclear content",
  "outside the timeline",
  "not a regular file",
  "not entered",
] as const;
export type NotReadReason = (typeof NOT_READ_REASONS)[number];

/** A file or folder of a named folder that was not read. */
export interface NotRead {
  readonly path: string;
  readonly reason: NotReadReason;
  /** The file holds evidence or may hold some, so a claim stays open. */
  readonly mayHoldEvidence?: true;
}

/**
 * A folder with a manifest, a timeline and checksums. Each of its files except those of integrity/ was read, or only
 * compared with its checksum, or not checked. Lists have at most 200 names, then the number of further ones.
 */
export interface EvidencePack {
  readonly path: string;
  /** The manifest's protocol version, if it differs from the checked one. */
  readonly otherVersion?: string;
  /** Compares integrity/pack.sha256 with the list of checksums; left out if there is no such file. */
  readonly digest?: "verified" | "not verified";
  readonly checksums: { readonly listed: number; readonly verified: number };
  /** Number of files of each sort. */
  readonly files: { readonly read: number; readonly checksumOnly: number; readonly notChecked: number };
  /** Files that were not read but match their checksums. */
  readonly checksumOnly: readonly string[];
  /** Files that were not read and have no valid checksum. */
  readonly notChecked: readonly string[];
  /** Files that were read but have no valid checksum. */
  readonly withoutChecksum: readonly string[];
}

/** Evidence other than events; left out of the counts if there is none. */
type OtherEvidence = "learning-sample" | "snapshot" | "mapping";

export interface InputSummary {
  readonly path: string;
  readonly kind: "event-log" | "mapping" | "samples" | "snapshot" | "evidence" | "unrecognised";
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly recognised: Readonly<Record<Exclude<RecordKind, OtherEvidence>, number>> &
    Readonly<Partial<Record<OtherEvidence, number>>>;
  /** Number of records in each carrier, by its name; left out if there are none. */
  readonly carrier?: CarrierCounts;
  /** Lines of console output between the records in carriers; left out if there are none. */
  readonly otherOutput?: number;
  /** Records that contain something like an event but were not judged; left out if there are none. */
  readonly unjudged?: number;
  /** How the file changed while it was read; left out if it did not. */
  readonly change?: InputChange;
  /** The user named the file and it has no record: the run stays open unless that is allowed. */
  readonly empty?: "refused" | "allowed";
}

export interface ClauseResult {
  readonly id: string;
  readonly title: string;
  /** The kind of evidence that it needs; left out in reports of earlier versions. */
  readonly evidenceKind?: EvidenceKind;
  /** The location of the clause: document and subsection in words. */
  readonly source: string;
  readonly level: Level;
  readonly status: ClauseStatus;
  /** How often the clause was checked. */
  readonly checked: number;
  /** Occurrences at the clause's own level. */
  readonly violations: number;
  /** Number of waived occurrences; left out if there are none. */
  readonly waived?: number;
  /** A place that satisfies the clause. */
  readonly witness?: { readonly path: string; readonly line: number };
  /** For an attested clause: the statement of the runtime's authors, and its place. */
  readonly attestation?: {
    readonly statement: string;
    readonly evidence: string;
    /** "sha256:...", the digest of the evidence file; left out for an address. */
    readonly evidenceDigest?: string;
    readonly path: string;
    readonly line: number;
  };
  /** The reason of the status, unless it is obvious. */
  readonly reason?: string;
  /** For a satisfied clause: what the check did not cover. */
  readonly limits?: string;
}

export interface RunError {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  /** For a wrong decision, its kind; left out for everything that was not checked. */
  readonly about?: Decision;
}

/** Decisions of a project that waive findings. */
export type Decision = "waiver" | "baseline";

/** A decision that needs attention but changes nothing today. */
export interface Notice {
  readonly about: Decision;
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

export interface Summary {
  readonly events: number;
  /** Events, learning samples, snapshots and mappings: the basis of the verdict. */
  readonly evidence: number;
  /** Finding occurrences by level, without waived ones. */
  readonly byLevel: Readonly<Record<FindingLevel, number>>;
  /** Waived occurrences; left out if there are none. */
  readonly waived?: number;
  /** Files of named folders that were not read. */
  readonly notRead: number;
  /** Clauses by level and status. */
  readonly coverage: Readonly<Record<Level, Readonly<Record<ClauseStatus, number>>>>;
}

/** The records of the first places of findings with their neighbours, masked like excerpts. */
export interface Context {
  /** How many records before and after each place. */
  readonly neighbours: number;
  /** The number of places that are left out because there are too many; left out if it is 0. */
  readonly omitted?: number;
  /** In the order of the inputs and their lines. */
  readonly stretches: readonly Stretch[];
}

/** Records of one input that follow each other. */
export interface Stretch {
  readonly path: string;
  readonly records: readonly WholeRecord[];
}

export interface WholeRecord {
  readonly line: number;
  /** 1-based number of the record on its line; left out for the first one. */
  readonly record?: number;
  readonly text: string;
  /** The number of characters at the end that are left out; left out if it is 0. */
  readonly rest?: number;
}

export interface RuleSummary {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}
