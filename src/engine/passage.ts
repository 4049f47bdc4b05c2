import type { Defect } from "../model/defect.js";
import type { Discretion } from "../model/discretion.js";
import type { Occurrence } from "../model/finding.js";
import type { FindingKind } from "../model/policy.js";
import type { Rejected } from "../model/rejected.js";
import type { Allowance, FileFacts, Position } from "../model/rule.js";
import type { SharedRun } from "../model/shared-lines.js";
import type { LogRecord, ParsedRecord, RecordKind, Subject } from "../model/subject.js";
import type { Batch } from "./keep/batch.js";
import type { Ledger, RawLocation } from "./ledger.js";
import type { UnreadRecord } from "./unread-records.js";

/** What the engine needs from the stages before it: how to read, recognise, examine and place. */
export interface Reading<Block> {
  /** The members of an event by which records are alike. */
  readonly judgedMembers: readonly string[];
  records(block: Block): Iterable<LogRecord>;
  /** What a record carries of which only the likeness was read; undefined if it is no envelope. */
  carriedBy(record: ParsedRecord): Iterable<LogRecord> | undefined;
  recognise(value: ParsedRecord["value"]): Subject;
  /** Whether something that is no record, since it is no object, holds an event. */
  holdsEvent(json: unknown): boolean;
  defectsOf(subject: Subject): readonly Defect[];
  placeOf(record: LogRecord, pointer: string): PlacedValue;
  placeAt(record: LogRecord, offset: number): PlacedValue;
  readonly discretion: Discretion;
  readonly allowance: Allowance;
  /** A whole record without what must not be shown. */
  shown(record: LogRecord): unknown;
}

export type PlacedValue = Required<Pick<RawLocation, "column" | "excerpt">> & { readonly line: number };

/**
 * An occurrence before its path and final line number are put in, and before it is known what was decided about
 * its kind; `line` is counted from the block's first.
 */
export interface RawOccurrence extends Omit<Occurrence, "path" | "related" | "waived">, FindingKind {
  /** Whether it is about an event without event_family, which a finding about the whole file may replace. */
  readonly isFamilyless: boolean;
}

/** An invalid integration event before it is known where it is; `line` is its place in the block. */
export interface RawRejected extends Omit<Rejected, "path" | "record"> {
  /** Whether it has no event_family, so that a finding about the whole file may stand for what is wrong with it. */
  readonly isFamilyless: boolean;
}

/** What one block of an input amounts to. Places (see SharedLines) are counted from the block's first line, from 0. */
export interface BlockResult {
  readonly ledger: Ledger;
  /** The same for events without event_family. */
  readonly familyless: Ledger;
  readonly counts: Record<RecordKind, number>;
  /** How many records hold something like an event that was not judged. */
  readonly unjudged: number;
  /** How many records each carrier held. */
  readonly carriers: ReadonlyMap<string, number>;
  /** How many lines of other output stand between records that are carried. */
  readonly otherOutput: number;
  readonly facts: FileFacts;
  readonly batches: readonly Batch[];
  readonly occurrences: readonly RawOccurrence[];
  /** Records that were above a limit and so not read. */
  readonly unread: readonly UnreadRecord[];
  /** The lines of the first and the last record that was read; undefined where none was. */
  readonly ends: { readonly first: number; readonly last: number } | undefined;
  /** Where several records stand on one line. */
  readonly shared: readonly SharedRun[];
  /** Events that `rejecting` rules find invalid. */
  readonly rejected: readonly RawRejected[];
}

/** A position as a report names it. */
export interface Where {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Which of several records on its line it is, from 1; left out where it is alone. */
  readonly record?: number;
}

/** An occurrence that only a whole file or log shows: it comes after the log has been read. */
export interface LateOccurrence {
  readonly position: Position;
  readonly related: readonly Position[];
  readonly occurrence: Omit<Occurrence, "path" | "line" | "related"> &
    Partial<Pick<Occurrence, "path">> &
    Decided;
}

/** An occurrence of one event, with what was decided about its kind. */
export type DecidedOccurrence = Omit<RawOccurrence, "shape"> & Decided;

/** Whether an occurrence is waived, unless the quota of the waiver turns out not to suffice. */
type Decided = Pick<Occurrence, "waived"> & { readonly quota?: string };

/** Receives every occurrence of a run; only there where someone wants them all. */
export interface OccurrenceSink {
  /** In log order. */
  write(position: Position, occurrence: DecidedOccurrence): void;
  /** In no order; the last ones come when the log is judged. */
  writeLate(late: LateOccurrence): void;
}

/** Receives every invalid integration event of a run in log order; only there where someone wants them. */
export interface RejectionSink {
  write(position: Position, event: RawRejected): void;
}

/** An event_id may be anything; a finding repeats no more of it than an identifier needs. */
const MAX_ID_LENGTH = 64;
/** A secret that begins in what is shown must be seen as one. */
const MAX_SCANNED_ID = 8192;

/** As much of an event_id as a finding repeats. */
export function shownId(id: string, discretion: Discretion): string {
  return discretion.id(id.slice(0, MAX_SCANNED_ID)).slice(0, MAX_ID_LENGTH);
}

/** Keeps lines of text for later, in order: in a temporary file, or in memory. */
export interface LineSpool {
  append(line: string): void;
  lines(): AsyncIterable<string>;
}
