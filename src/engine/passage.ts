import type { Defect } from "../model/defect.js";
import type { Discretion } from "../model/discretion.js";
import type { Occurrence } from "../model/finding.js";
import type { KindOwner, KnownRecords } from "../model/kinds.js";
import type { Terms } from "../model/likeness.js";
import type { FindingKind } from "../model/policy.js";
import type { Rejected } from "../model/rejected.js";
import type { Allowance, FileFacts, Position } from "../model/rule.js";
import type { SharedRun } from "../model/shared-lines.js";
import type { LogRecord, ParsedRecord, RecordKind, Subject } from "../model/subject.js";
import type { Batch } from "./keep/batch.js";
import type { Ledger, RawLocation } from "./ledger.js";
import type { UnreadRecord } from "./unread-records.js";

/** The functions that the engine needs from earlier stages: to read, recognise, examine and place records. */
export interface Reading<Block> {
  /** Decide which events schemas, invariants and rules about one event cannot tell apart. */
  readonly terms: Terms;
  /**
   * The records of a block that JavaScript must examine, in order.
   *
   * @param owner of the kinds whose records the scanner takes by itself
   * @param input stands for that of the block
   */
  read(block: Block, owner: KindOwner, input: object): ReadBlock;
  /**
   * True if rules about texts may find something in a record. They find nothing in other records, whatever their signs.
   */
  isSuspicious(record: ParsedRecord): boolean;
  /**
   * The records that an envelope carries; undefined if the record is no envelope. Of the record only the likeness is
   * known.
   */
  carriedBy(record: ParsedRecord): Iterable<LogRecord> | undefined;
  recognise(value: ParsedRecord["value"]): Subject;
  /** True if a JSON value that is no object, and so no record, holds an event. */
  holdsEvent(json: unknown): boolean;
  defectsOf(subject: Subject): readonly Defect[];
  placeOf(record: LogRecord, pointer: string): PlacedValue;
  placeAt(record: LogRecord, offset: number): PlacedValue;
  readonly discretion: Discretion;
  readonly allowance: Allowance;
  /** A whole record, with everything masked that must not be shown. */
  shown(record: LogRecord): unknown;
}

/** A block that is being read. */
interface ReadBlock {
  readonly records: Iterable<LogRecord>;
  /** What the scanner knows of the other records; undefined if there are none. */
  readonly known?: KnownRecords;
}

export type PlacedValue = Required<Pick<RawLocation, "column" | "excerpt">> &
  Pick<RawLocation, "family" | "time"> & { readonly line: number };

/**
 * An occurrence before its path, its final line number and the policy's decision are known; `line` is counted from
 * the block's first.
 */
export interface RawOccurrence extends Omit<Occurrence, "path" | "related" | "waived">, FindingKind {
  /** True if the event has no event_family: one finding about the whole file may replace this occurrence. */
  readonly isFamilyless: boolean;
}

/** An invalid integration event before its position is known; `line` is its place in the block. */
export interface RawRejected extends Omit<Rejected, "path" | "record"> {
  /** True if it has no event_family: one finding about the whole file may replace its findings. */
  readonly isFamilyless: boolean;
}

/** The result of checking one block. Places (see SharedLines) are counted from the block's first line, from 0. */
export interface BlockResult {
  readonly ledger: Ledger;
  /** The ledger for events without event_family. */
  readonly familyless: Ledger;
  readonly counts: Record<RecordKind, number>;
  /** Number of records that look like an event and were not judged. */
  readonly unjudged: number;
  /** Number of records by carrier. */
  readonly carriers: ReadonlyMap<string, number>;
  /** Number of lines of other output between carried records. */
  readonly otherOutput: number;
  readonly facts: FileFacts;
  readonly batches: readonly Batch[];
  readonly occurrences: readonly RawOccurrence[];
  /** Records above a limit, which were not read. */
  readonly unread: readonly UnreadRecord[];
  /** The lines of the first and the last record that was read; undefined if no record was read. */
  readonly ends: { readonly first: number; readonly last: number } | undefined;
  /** The lines that hold several records. */
  readonly shared: readonly SharedRun[];
  /** Events that violate `rejecting` clauses. */
  readonly rejected: readonly RawRejected[];
}

/** A position as a report names it. */
export interface Where {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** The record's number on its line, from 1; undefined if it is alone there. */
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

/** An occurrence of one event, with the policy's decision about its kind. */
export type DecidedOccurrence = Omit<RawOccurrence, "shape"> & Decided;

/** The waived mark, which counts only while the waiver's quota is not exceeded. */
type Decided = Pick<Occurrence, "waived"> & { readonly quota?: string };

/** Receives every occurrence of a run. It exists only if somebody asks for them. */
export interface OccurrenceSink {
  /** In log order. */
  write(position: Position, occurrence: DecidedOccurrence): void;
  /** In any order; the last ones come when the log is judged. */
  writeLate(late: LateOccurrence): void;
}

/** Receives every invalid integration event in log order. It exists only if somebody asks for them. */
export interface RejectionSink {
  write(position: Position, event: RawRejected): void;
}

/** An event_id may be any text; a finding shows only as many characters as an identifier needs. */
const MAX_ID_LENGTH = 64;
/** Scan further than we show, so that a secret cut by the limit is still detected. */
const MAX_SCANNED_ID = 8192;

/** The part of an event_id that a finding shows, with secrets masked. */
export function shownId(id: string, discretion: Discretion): string {
  return discretion.id(id.slice(0, MAX_SCANNED_ID)).slice(0, MAX_ID_LENGTH);
}

/** Keeps lines of text for later, in order: in a temporary file, or in memory. */
export interface LineSpool {
  append(line: string): void;
  lines(): AsyncIterable<string>;
}
