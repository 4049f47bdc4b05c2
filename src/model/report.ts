import type { CarrierCounts } from "./carriers.js";
import type { ClaimName } from "./claim.js";
import type { ClauseStatus, FailOn, FindingLevel, Level } from "./clause.js";
import type { Finding } from "./finding.js";
import type { InputChange } from "./input-change.js";
import type { CrosscutRow, GraphTotals } from "./rule.js";
import type { RecordKind } from "./subject.js";

/** The whole result of a run: a value without clock, random ids or machine names. See schemas/report.schema.json. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "mplp-check"; readonly version: string };
  readonly protocol: ProtocolSummary;
  readonly inputs: readonly InputSummary[];
  readonly claims: readonly ClaimName[];
  readonly verdict: Verdict;
  /** The run was ended before all had been read. */
  readonly interrupted?: true;
  /** Every clause of the catalogue, in its order. */
  readonly clauses: readonly ClauseResult[];
  readonly findings: readonly Finding[];
  /** What could not be checked at all (unreadable inputs, records above the size limit), and decisions that are wrong. */
  readonly errors: readonly RunError[];
  /** Decisions that will have to be looked at; left out where there are none. */
  readonly notices?: readonly Notice[];
  /** Evidence folders among the paths. */
  readonly packs: readonly EvidencePack[];
  /** Files of named folders that were not read, sorted by path; the first 200. `summary.notRead` counts all of them. */
  readonly notRead: readonly NotRead[];
  /** The configuration file that the run went by; left out where there was none. */
  readonly configuration?: ConfigurationSummary;
  /** Why a claim stays open whatever its clauses say: see reservationsOf. Empty without a claim. */
  readonly reservations: readonly string[];
  /** What the graph_update events of each graph add up to; the first hundred graphs of the log. */
  readonly graphs: readonly GraphTotals[];
  /** One row for each of the nine crosscuts, where a mapping was supplied. Coverage, never a violation. */
  readonly crosscuts: readonly CrosscutRow[];
  readonly summary: Summary;
  /** The level from which on findings failed the run, where it is not the usual one. */
  readonly failOn?: FailOn;
  /** What each rule of `findings` says about itself. */
  readonly rules: readonly RuleSummary[];
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
  /** Over the clause catalogue, the schemas and the invariants used. */
  readonly digest: string;
  /** Where the schemas and invariants come from: the official ones are known by their digest. */
  readonly source: ProtocolSource;
  /** The files and folders that were given in their place; left out where none were. */
  readonly paths?: readonly string[];
  /** Invariants that were loaded but cannot be evaluated on a log, with the reason. */
  readonly notEvaluated: readonly { readonly id: string; readonly reason: string }[];
}

export type ProtocolSource = "bundled" | "official" | "given";

/** The configuration that a run went by. */
export interface ConfigurationSummary {
  readonly path: string;
  /** How it came to be used: found in the working folder or above it, or named by an option. */
  readonly origin: "found" | "named";
  /** It lies inside a folder that is under audit, and so may be the work of those who are audited. */
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
  /** It holds evidence, or nobody can tell that it holds none: a claim stays open. */
  readonly mayHoldEvidence?: true;
}

/**
 * A folder with a manifest, a timeline and checksums. Each of its files but those of integrity/ was read, or was
 * compared with its checksum only, or was not checked. Lists have at most 200 names, then how many more there are.
 */
export interface EvidencePack {
  readonly path: string;
  /** The version of the protocol that the manifest names, where it is not the one that is checked. */
  readonly otherVersion?: string;
  /** Whether integrity/pack.sha256 is the digest of the list of checksums; left out where there is no such file. */
  readonly digest?: "verified" | "not verified";
  readonly checksums: { readonly listed: number; readonly verified: number };
  /** How many files there are of each sort. */
  readonly files: { readonly read: number; readonly checksumOnly: number; readonly notChecked: number };
  /** Files that were not read, and are those that the checksums were taken of. */
  readonly checksumOnly: readonly string[];
  /** Files that were not read, and that no checksum vouches for. */
  readonly notChecked: readonly string[];
  /** Files that were read, but that no checksum vouches for. */
  readonly withoutChecksum: readonly string[];
}

/** Evidence that is no event; left out of the counts where there is none. */
type OtherEvidence = "learning-sample" | "snapshot" | "mapping";

export interface InputSummary {
  readonly path: string;
  readonly kind: "event-log" | "mapping" | "samples" | "snapshot" | "evidence" | "unrecognised";
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly recognised: Readonly<Record<Exclude<RecordKind, OtherEvidence>, number>> &
    Readonly<Partial<Record<OtherEvidence, number>>>;
  /** How many records each carrier held, by its name; left out where there was none. */
  readonly carrier?: CarrierCounts;
  /** Lines of console output between records that were carried; left out where there are none. */
  readonly otherOutput?: number;
  /** Records that hold something like an event that was not judged; left out where there are none. */
  readonly unjudged?: number;
  /** What became of the file while it was read; left out where it stayed the same. */
  readonly change?: InputChange;
  /** It was named outright and holds no record: that leaves the run open unless it is allowed. */
  readonly empty?: "refused" | "allowed";
}

export interface ClauseResult {
  readonly id: string;
  readonly title: string;
  /** Where the clause stands: document and subsection in words. */
  readonly source: string;
  readonly level: Level;
  readonly status: ClauseStatus;
  /** How often the clause was put to the test. */
  readonly checked: number;
  /** Occurrences at the clause's own level. */
  readonly violations: number;
  /** How many more there would be, had they not been waived; left out where there are none. */
  readonly waived?: number;
  /** A place where the clause was kept. */
  readonly witness?: { readonly path: string; readonly line: number };
  /** Of an attested clause: what the runtime's authors say, and where. */
  readonly attestation?: {
    readonly statement: string;
    readonly evidence: string;
    /** "sha256:...", of the file that is the evidence; of an address nothing is known. */
    readonly evidenceDigest?: string;
    readonly path: string;
    readonly line: number;
  };
  /** Why the status is what it is, where that is not plain. */
  readonly reason?: string;
  /** Of a satisfied clause: what it was not looked at for. */
  readonly limits?: string;
}

export interface RunError {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  /** Of a decision that is wrong, what sort of decision; left out of everything that was not checked. */
  readonly about?: Decision;
}

/** What a project decides about findings that do not count. */
export type Decision = "waiver" | "baseline";

/** A decision that someone should look at, and that changes nothing today. */
export interface Notice {
  readonly about: Decision;
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

export interface Summary {
  readonly events: number;
  /** Events, learning samples, snapshots and mappings: what the verdict rests on. */
  readonly evidence: number;
  /** Finding occurrences by level, waived ones aside. */
  readonly byLevel: Readonly<Record<FindingLevel, number>>;
  /** Occurrences that were waived; left out where there are none. */
  readonly waived?: number;
  /** Files of named folders that were not read. */
  readonly notRead: number;
  /** Clauses by level and status. */
  readonly coverage: Readonly<Record<Level, Readonly<Record<ClauseStatus, number>>>>;
}

export interface RuleSummary {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}
