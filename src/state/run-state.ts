import type { LogState } from "../engine/log/log-state.js";
import type { InputProblem } from "../input/find/discover.js";
import type { VerifiedPack } from "../input/find/evidence-pack.js";
import type { InputDigest } from "../input/open/open.js";
import type { NotRead, RunError } from "../model/report.js";
import type { ParsedRecord } from "../model/subject.js";
import { InputIndex } from "./input-index.js";

/** The version of the lines that schemas/state.schema.json describes. */
export const STATE_VERSION = 2;

/** What a state depends on: two that are to be judged together must agree in all of it. */
export interface StateHeader {
  readonly version: typeof STATE_VERSION;
  readonly tool: string;
  /** Digest of clauses, schemas and invariants. */
  readonly protocol: string;
  /** Digest of waivers, baseline and levels: they are applied to findings as these are taken in. */
  readonly policy: string;
  readonly maxFindings: number;
  readonly maxRecordBytes: number;
  readonly redact: boolean;
  readonly unwrap: string;
}

/** All that a run has read and combined before it judges: written from here, and read into here. */
export interface RunState {
  readonly log: LogState;
  /** One for each input of `log`. */
  readonly digests: InputDigest[];
  /** Those inputs of `log` that came from states, which are its first. */
  readonly index: InputIndex;
  /** By input. */
  readonly documents: Map<number, ParsedRecord>;
  readonly problems: InputProblem[];
  /** What could not be read, or not in full. */
  readonly errors: RunError[];
  /** Inputs that count twice: nothing of them is missing. */
  readonly doubled: RunError[];
  readonly packs: VerifiedPack[];
  readonly notRead: NotRead[];
}

/** What a run has read before it reads anything. */
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
  };
}

/** Observations, and locations, in one line end beyond this many characters. */
export const BATCH_LENGTH = 1 << 16;

/** A longer line is neither written nor read: 64 MiB, room for what a snapshot of a million nodes lists. */
export const MAX_LINE_BYTES = 1 << 26;

/**
 * What one file may hold besides numbers, in characters: more than that no run within the limits of its memory
 * writes, and whoever made the file must not decide how much is held.
 */
export const MAX_TEXT_LENGTH = 1 << 29;
