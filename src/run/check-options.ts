import type { LineSpool } from "../engine/passage.js";
import type { FollowOptions } from "../input/open/followed.js";
import type { Unwrap } from "../model/carriers.js";
import type { ClaimName } from "../model/claim.js";
import type { CountedKind, Occurrence } from "../model/finding.js";
import type { Part } from "../model/part.js";
import type { Policy } from "../model/policy.js";
import type { Rejected } from "../model/rejected.js";
import type { ConfigurationSummary } from "../model/report.js";
import type { Shown } from "../model/shown.js";
import type { FoundInputs, Kinds } from "./inputs.js";

/** The options of a check; each has a default. */
export interface CheckOptions {
  /** Claims that the evidence must demonstrate. Default: none. */
  readonly claims?: readonly ClaimName[];
  /** The result of `inputsOf` for the same paths and kinds. Default: the paths are searched. */
  readonly inputs?: FoundInputs;
  /** The kind of some paths, which then does not depend on their content. */
  readonly kinds?: Kinds;
  /** A folder laid out like the official schemas/v2. Default: the bundled schemas. */
  readonly schemas?: string;
  /** Invariant files, or folders of them. Default: the bundled ones. */
  readonly invariants?: readonly string[];
  /** The project's own invariants: a violation is a note and never changes the verdict. */
  readonly extraInvariants?: readonly string[];
  /** True if the log covers the whole run: obligations still open at its end are then violations. Default: false. */
  readonly complete?: boolean;
  /**
   * True if a log that is named outright may hold no record. If false, such a log leaves the run inconclusive.
   * Default: false.
   */
  readonly allowEmpty?: boolean;
  /**
   * The number of locations that the report lists for each finding, from 1. Counting never stops. Default: 20.
   */
  readonly maxFindings?: number;
  /**
   * Puts whole records into the report, masked like excerpts: those of the first places of findings, each with so many
   * records before and after it, from 0 to 10. Default: none.
   */
  readonly context?: number;
  /** Longer records, in bytes, are not read but reported. Default: 16 MiB. */
  readonly maxRecordBytes?: number;
  /** The carriers to take records out of: all known ones, one, or a JSON Pointer. Default: "auto". */
  readonly unwrap?: Unwrap;
  /** True to mask the sender's values, ids, words and names. Secrets are always masked. Default: false. */
  readonly redact?: boolean;
  /**
   * False to leave out how the run went over time (`activity` of the report), which takes about a seventh of the time. Runs with
   * states always sum it up. Default: true.
   */
  readonly activity?: boolean;
  /**
   * Bytes that all rules that compare events may keep together. Above it, the rules with the largest stores stop, and
   * their clauses are inconclusive. Default: 4 GB.
   */
  readonly maxState?: number;
  /** Bytes read at a time, from 1; findings do not depend on it. Default: 2 MiB. */
  readonly blockBytes?: number;
  /**
   * Number of threads that check blocks; 1 is the caller's own. The report does not depend on it. Default: one for
   * each core.
   */
  readonly jobs?: number;
  /**
   * Bytes that the caller's own thread checks before other threads start. Default: 4 MiB; without `jobs` more, as many
   * as are needed for the threads to be worth while.
   */
  readonly inlineBytes?: number;
  /** The project's decisions about findings: waivers, a baseline, other levels. Default: none. */
  readonly policy?: Policy;
  /**
   * The configuration that the other options come from. The report names it, with a note if it lies among the
   * evidence.
   */
  readonly configuration?: Pick<ConfigurationSummary, "path" | "origin">;
  /** Stops the run early: it judges what it has read, and the report says that it was interrupted. */
  readonly signal?: AbortSignal;
  /**
   * Reads on in the first path, which must be a file, as others write to it. A renamed file and its successor are two
   * inputs. Default: each path is read to its end.
   */
  readonly follow?: FollowOptions;
  /** Called with each finding about a single event as soon as it is read. */
  readonly onFinding?: (finding: Shown<Occurrence>) => void;
  /** The bytes of the path "-", or its text. Default: the standard input of the process. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /** The name of standard input in the report, to tell the parts of a log apart. Default: "-". */
  readonly stdinName?: string;
  /**
   * States of earlier runs, in the order of the log. The report is that of a single run over their inputs and then
   * `paths`. If one of their inputs is also among the paths, it is read once.
   */
  readonly stateIn?: readonly string[];
  /**
   * The part of the log that this run reads. Parts are accounted for when their states are merged. Needs `onState`, or
   * states of all other parts. Default: none.
   */
  readonly part?: Part;
  /** How many parts the log has, or how many runs have read it, where their states do not say. Default: unknown. */
  readonly expect?: number;
  /** Called with the state of this run once everything is read, unless the run was interrupted. */
  readonly onState?: (lines: Iterable<string>) => Promise<void>;
  /** Receives the state of this run with its keys dealt into partitions, as `onState` receives it in one piece. */
  readonly dealing?: Dealing;
  /** Called once everything is judged, with all kinds of findings, before quotas of waivers are applied. */
  readonly onCounted?: (kinds: readonly CountedKind[]) => void;
  /** Called after each block with the progress of the run. */
  readonly onProgress?: (progress: Progress) => void;
  /** Keeps the occurrences for `onOccurrences` until the run ends. Default: memory. */
  readonly spool?: LineSpool;
  /** Called at the end of the run with every occurrence of every finding, in log order. */
  readonly onOccurrences?: (occurrences: AsyncIterable<Shown<Occurrence>>) => Promise<void>;
  /** Keeps the events for `onRejected` until the run ends. Default: memory. */
  readonly rejectedSpool?: LineSpool;
  /** Called at the end of the run with every invalid integration event, in log order (IS-13.3-1). */
  readonly onRejected?: (events: AsyncIterable<Shown<Rejected>>) => Promise<void>;
}

/** A state whose keys are dealt into partitions, which several machines can judge. */
export interface Dealing {
  /** From 1 to 1024. */
  readonly partitions: number;
  /**
   * Called with the lines of several files: 0 is the base, which comes last, the others are the partitions.
   * `judgePartition` finds them by their names: base.state.gz, 1.state.gz and so on.
   */
  readonly onState: (lines: Iterable<readonly [file: number, line: string]>) => Promise<void>;
}

export interface Progress {
  /**
   * The run reads all inputs, then judges the whole log. At last it reads parts of the inputs again, for lines and
   * excerpts of the findings that only the whole log shows.
   */
  readonly phase: "reading" | "judging" | "placing";
  readonly path: string;
  readonly input: number;
  readonly inputs: number;
  /** Bytes read of all inputs so far, as they are on disk; in the phase "placing", bytes of this input read again. */
  readonly read: number;
  /** The final value of `read`; undefined for pipes, and for compressed inputs that are read again. */
  readonly total?: number;
  /** Events and findings so far; findings that only the whole log shows come at the end. */
  readonly events: number;
  readonly findings: number;
}

export const DEFAULT_MAX_FINDINGS = 20;
/** Room for the event ids of 60 million events and the other observations about them. */
export const DEFAULT_MAX_STATE = 4e9;
