import type { LineSpool } from "../engine/passage.js";
import type { Unwrap } from "../model/carriers.js";
import type { ClaimName } from "../model/claim.js";
import type { CountedKind, Occurrence } from "../model/finding.js";
import type { Policy } from "../model/policy.js";
import type { Rejected } from "../model/rejected.js";
import type { ConfigurationSummary } from "../model/report.js";
import type { Shown } from "../model/shown.js";
import type { FoundInputs, Kinds } from "./inputs.js";

/** What a check can be told; every part has a default. */
export interface CheckOptions {
  /** What the evidence must demonstrate, besides breaking nothing. Default: nothing. */
  readonly claims?: readonly ClaimName[];
  /** What `inputsOf` has found for the same paths and kinds. Default: the paths are searched. */
  readonly inputs?: FoundInputs;
  /** What some of the paths hold, where their content is not to decide it. */
  readonly kinds?: Kinds;
  /** A folder laid out like the official schemas/v2. Default: the bundled schemas. */
  readonly schemas?: string;
  /** Invariant files, or folders of them. Default: the bundled ones. */
  readonly invariants?: readonly string[];
  /** Invariants of one's own, besides: what they ask for is reported as notes and never changes the verdict. */
  readonly extraInvariants?: readonly string[];
  /** Whether the log covers the whole run: obligations still open at its end are then violations. Default: no. */
  readonly complete?: boolean;
  /** Whether a log that is named outright may hold no record; otherwise that leaves the run open. Default: no. */
  readonly allowEmpty?: boolean;
  /** How many locations of each finding the report lists, from 1. Counting never stops. Default: 20. */
  readonly maxFindings?: number;
  /** Records above this many bytes are not read but reported. Default: 16 MiB. */
  readonly maxRecordBytes?: number;
  /** What is taken out of carriers: by all known ones, by one, or at a JSON Pointer. Default: "auto". */
  readonly unwrap?: Unwrap;
  /** Whether masks stand in place of values, ids, words and names of the sender's. Secrets are never shown. Default: no. */
  readonly redact?: boolean;
  /**
   * How many bytes the rules that look across events may keep together. Beyond it the largest give up and
   * their clauses end as inconclusive. Default: 4 GB.
   */
  readonly maxState?: number;
  /** How many bytes are read at a time, from 1; findings do not depend on it. Default: 1 MiB. */
  readonly blockBytes?: number;
  /** How many threads check blocks; 1 is the caller's own. The report does not depend on it. Default: one a core. */
  readonly jobs?: number;
  /** How many bytes the caller's own thread checks before others are started. Default: 4 MiB. */
  readonly inlineBytes?: number;
  /** What the project has decided about findings: waivers, a baseline, other levels. Default: nothing. */
  readonly policy?: Policy;
  /** The configuration that the other options come from: named in the report, and noted where it lies among the evidence. */
  readonly configuration?: Pick<ConfigurationSummary, "path" | "origin">;
  /** Ends the run early: what was read by then is judged, and the report says that it was interrupted. */
  readonly signal?: AbortSignal;
  /** What standard input is called in the report, to tell the parts of a log apart. Default: "-". */
  readonly stdinName?: string;
  /**
   * States of earlier runs, in the order of the log: the report is the one that a single run over their inputs
   * and then `paths` gives. An input of theirs that comes again among the paths is read once.
   */
  readonly stateIn?: readonly string[];
  /** Called with the state of this run, once all has been read; not where it was interrupted. */
  readonly onState?: (lines: Iterable<string>) => Promise<void>;
  /** Called once all has been judged with all kinds of findings, before it is known which waivers suffice. */
  readonly onCounted?: (kinds: readonly CountedKind[]) => void;
  /** Called after each block with how far the run is. */
  readonly onProgress?: (progress: Progress) => void;
  /** Keeps what --findings needs until the run ends. Default: memory. */
  readonly spool?: LineSpool;
  /** Called at the end of the run with every occurrence of every finding, in log order. */
  readonly onOccurrences?: (occurrences: AsyncIterable<Shown<Occurrence>>) => Promise<void>;
  /** Keeps what `onRejected` is given until the run ends. Default: memory. */
  readonly rejectedSpool?: LineSpool;
  /** Called at the end of the run with every invalid integration event, in log order (IS-13.3-1). */
  readonly onRejected?: (events: AsyncIterable<Shown<Rejected>>) => Promise<void>;
}

export interface Progress {
  /**
   * All inputs are read, then the whole log is judged. What only the whole log shows gets its lines and excerpts at last:
   * parts of the inputs are read again.
   */
  readonly phase: "reading" | "judging" | "placing";
  readonly path: string;
  readonly input: number;
  readonly inputs: number;
  /** Bytes read of all inputs so far, as they are on disk; while places are found, bytes of this input read again. */
  readonly read: number;
  /** How many `read` will be in the end; unknown for pipes, and for compressed inputs that are read again. */
  readonly total?: number;
  /** Events and findings so far; what only the whole log shows comes at the end. */
  readonly events: number;
  readonly findings: number;
}

export const DEFAULT_MAX_FINDINGS = 20;
/** Enough for the event ids of 60 million events and what else they leave behind. */
export const DEFAULT_MAX_STATE = 4e9;
