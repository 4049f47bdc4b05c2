import type { LogState } from "../engine/log/log-state.js";
import type { InputProblem } from "../input/find/discover.js";
import type { VerifiedPack } from "../input/find/evidence-pack.js";
import type { InputDigest } from "../input/open/open.js";
import type { Parts } from "../model/part.js";
import type { NotRead, RunError } from "../model/report.js";
import type { ParsedRecord } from "../model/subject.js";
import { InputIndex } from "./input-index.js";

/** The version of the lines that schemas/state.schema.json describes. */
export const STATE_VERSION = 5;

/** The properties that all states of one run must share. */
export interface StateHeader {
  readonly version: typeof STATE_VERSION;
  readonly tool: string;
  /** Digest of clauses, schemas and invariants. */
  readonly protocol: string;
  /** Digest of waivers, baseline and levels, which are applied when findings are added. */
  readonly policy: string;
  readonly maxFindings: number;
  readonly maxRecordBytes: number;
  readonly redact: boolean;
  readonly unwrap: string;
}

/** One of the partitions that the keys of a log are dealt into, from 1. */
export interface Partition {
  readonly number: number;
  readonly of: number;
}

/** The largest number of partitions: who deals a state holds a file open for each, and 300 KB for its compression. */
export const MOST_PARTITIONS = 1024;

/** What judging depends on besides the log: equal in all partitions of one log, and in the run that reports. */
export interface JudgedBy {
  readonly claims: readonly string[];
  readonly complete: boolean;
  /** The options of rules, as JSON. */
  readonly options: string;
}

/** A partition that has been judged. */
export interface JudgedPartition extends Partition, JudgedBy {
  /** Digest of the states that it was dealt from, in their order. */
  readonly bases: string;
}

/** Everything that a run has read and added up before it judges. A state is written from it and read into it. */
export interface RunState {
  readonly log: LogState;
  /** One for each input of `log`. */
  readonly digests: InputDigest[];
  /** The inputs from states, which are the first inputs of `log`. */
  readonly index: InputIndex;
  /** By the number of the input. */
  readonly documents: Map<number, ParsedRecord>;
  readonly problems: InputProblem[];
  /** Paths, inputs and records that could not be read completely. */
  readonly errors: RunError[];
  /** Inputs that count twice. They are notes, not gaps. */
  readonly doubled: RunError[];
  readonly packs: VerifiedPack[];
  readonly notRead: NotRead[];
  /** The parts of the log that the run covers, those of its states included. */
  parts: Parts;
  /** The last of the judged partitions that the run consists of; undefined if it judges by itself. */
  judged?: JudgedPartition;
}

/** The state of a run before it reads its first input. */
export function emptyState(log: LogState): RunState {
  return {
    log,
    digests: [],
    index: new InputIndex(),
    documents: new Map(),
    problems: [],
    errors: [],
    doubled: [],
    packs: [],
    notRead: [],
    parts: { runs: 1 },
  };
}

/** A line of a state ends after this number of characters of observations or locations. */
export const BATCH_LENGTH = 1 << 16;

/** A longer line is neither written nor read: 64 MiB, room for the lists of a snapshot of a million nodes. */
export const MAX_LINE_BYTES = 1 << 26;

/**
 * The most characters besides numbers that one state may hold. Runs within their memory limits never write more, and
 * whoever made the file must not decide how much memory it takes.
 */
export const MAX_TEXT_LENGTH = 1 << 29;
