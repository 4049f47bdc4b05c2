import type { Defect } from "../../model/defect.js";
import type { Discretion } from "../../model/discretion.js";
import type { Occurrence } from "../../model/finding.js";
import { shapeOf, valueAtPointer, withNames } from "../../model/pointer.js";
import type { FindingKind } from "../../model/policy.js";
import type { Rejected } from "../../model/rejected.js";
import type {
  Allowance,
  Draft,
  Emit,
  EventRule,
  Examined,
  FileFacts,
  LogRule,
  RecordDraft,
  RuleMeta,
} from "../../model/rule.js";
import type { SharedRun } from "../../model/shared-lines.js";
import {
  type EventSubject,
  isJsonObject,
  type JsonObject,
  type LogRecord,
  type ParsedRecord,
  type RecordKind,
  type Subject,
} from "../../model/subject.js";
import { valueDigest } from "../../model/value-digests.js";
import { noCounts } from "../counts.js";
import type { Batch } from "../keep/batch.js";
import { type Collector, collectorFor } from "../keep/collector.js";
import {
  clauseTallyOf,
  type GroupIdentity,
  groupFor,
  type Ledger,
  mergeValues,
  type RawLocation,
} from "../ledger.js";
import { byBoundedKey } from "../memory/bounded-key.js";
import { isLeftOut, type UnreadRecord } from "../unread-records.js";
import { AlikeEvents } from "./alike-events.js";
import { Places } from "./places.js";
import { type Rulebook, scopesOf, type Track } from "./rulebook.js";
import { Scoreboard } from "./scoreboard.js";

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

type PlacedValue = Required<Pick<RawLocation, "column" | "excerpt">> & { readonly line: number };

export interface BlockOptions {
  /** How many locations of each finding are kept. */
  readonly maxFindings: number;
  /** Whether every occurrence is kept too, for --findings. */
  readonly everyOccurrence: boolean;
  /** Rules by which an event is invalid that breaks a MUST of theirs, for --rejected; without them, none is kept. */
  readonly rejecting?: ReadonlySet<string>;
  /** What digests of the values that findings are about are taken with; without it none are. */
  readonly valueKey?: string;
}

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

/** Goes through the records of a block, one a step. */
export type BlockChecker<Block> = (block: Block) => Generator<undefined, BlockResult>;

/** Builds the reader: from a block of records to what it amounts to. */
export function blockChecker<Block>(
  reading: Reading<Block>,
  rulebook: Rulebook,
  options: BlockOptions,
): BlockChecker<Block> {
  const alike = new AlikeEvents(reading.judgedMembers);
  return function* (block) {
    const pass = new BlockPass(reading, rulebook, options, alike);
    for (const record of reading.records(block)) {
      pass.take(record);
      yield;
    }
    return pass.result();
  };
}

/** An event_id may be anything; a finding repeats no more of it than an identifier needs. */
const MAX_ID_LENGTH = 64;
/** A secret that begins in what is shown must be seen as one. */
const MAX_SCANNED_ID = 8192;

/** As much of an event_id as a finding repeats. */
export function shownId(id: string, discretion: Discretion): string {
  return discretion.id(id.slice(0, MAX_SCANNED_ID)).slice(0, MAX_ID_LENGTH);
}

interface Check {
  readonly rule: EventRule;
  readonly emit: Emit;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** A track with what a block needs to send its records along it. */
interface Lane {
  readonly track: Track;
  readonly checking: readonly Check[];
  readonly textual: readonly Check[];
  readonly observers: readonly { readonly rule: LogRule; readonly collector: Collector }[];
}

class BlockPass<Block> {
  readonly #reading: Reading<Block>;
  readonly #rulebook: Rulebook;
  readonly #options: BlockOptions;
  readonly #main: Scoreboard;
  readonly #familyless: Scoreboard;
  readonly #counts = noCounts();
  readonly #facts: Mutable<FileFacts> = { withFamily: 0, withoutFamily: 0, familyUnderPayload: 0 };
  readonly #alike: AlikeEvents;
  readonly #lanes = new Map<Track, Lane>();
  readonly #collectors = new Map<LogRule, Collector>();
  readonly #occurrences: RawOccurrence[] = [];
  readonly #unread: UnreadRecord[] = [];
  readonly #places = new Places();
  readonly #rejected: RawRejected[] = [];
  /** Why the current record is invalid. */
  #reasons: RawRejected["reasons"][number][] = [];
  /** Where findings about the current record go. */
  #board: Scoreboard;
  #current: Examined | undefined;
  /** How much has been found so far. */
  #found = 0;
  #unjudged = 0;
  readonly #carriers = new Map<string, number>();
  #otherOutput = 0;

  constructor(reading: Reading<Block>, rulebook: Rulebook, options: BlockOptions, alike: AlikeEvents) {
    this.#alike = alike;
    this.#reading = reading;
    this.#rulebook = rulebook;
    this.#options = options;
    this.#main = new Scoreboard(rulebook);
    this.#familyless = new Scoreboard(rulebook);
    this.#board = this.#main;
  }

  result(): BlockResult {
    const { first, last, shared } = this.#places;
    return {
      ledger: this.#main.finish(),
      familyless: this.#familyless.finish(),
      counts: this.#counts,
      unjudged: this.#unjudged,
      carriers: this.#carriers,
      otherOutput: this.#otherOutput,
      facts: this.#facts,
      batches: [...this.#collectors.values()].flatMap((collector) => collector.batch() ?? []),
      occurrences: this.#occurrences,
      rejected: this.#rejected,
      unread: this.#unread,
      ends: first === undefined ? undefined : { first, last },
      shared,
    };
  }

  take(record: LogRecord): void {
    this.#sendTo(this.#main);
    for (const name of record.carriage?.by ?? [])
      this.#carriers.set(name, (this.#carriers.get(name) ?? 0) + 1);
    if ("malformed" in record) {
      if (record.malformed === "other-output") {
        this.#otherOutput++;
        return;
      }
      if (record.malformed === "not-unwrapped") this.#unjudged++;
      if (record.malformed !== "unseparated") this.#counts.malformed++;
      if (isLeftOut(record.malformed)) this.#unread.push({ line: record.line, reason: record.malformed });
      if (record.json !== undefined && this.#reading.holdsEvent(record.json)) this.#unjudged++;
      this.#places.pass(record.line);
      this.#inspect(record);
      for (const clause of this.#board.cited) clauseTallyOf(this.#board.ledger, clause).checked++;
      return;
    }
    const known = this.#alike.known(record);
    const subject = known?.examined.subject ?? this.#reading.recognise(record.value);
    const isUnread = subject.kind === "unrecognised" && record.likeness !== 0;
    const carried = isUnread ? this.#reading.carriedBy(record) : undefined;
    if (carried === undefined) this.#places.next(record.line);
    else this.#places.pass(record.line);
    if (record.oddities !== undefined) this.#inspect(record);
    if (carried !== undefined) {
      for (const inner of carried) this.take(inner);
      return;
    }
    // The clauses about records as such are about logs: a document is no line of JSON.
    if (record.document === undefined) this.#board.countRecord(this.#placeOf(record));
    if (known !== undefined) {
      this.#counts.event++;
      this.#facts.withFamily++;
      this.#send(known.examined, known.track);
      return;
    }
    this.#counts[subject.kind]++;
    if ("holdsEvent" in subject && subject.holdsEvent) this.#unjudged++;
    const integration = "integration" in subject ? subject.integration : undefined;
    const examined: Examined = { record, subject, event: subject.value, integration };
    if (subject.kind === "event") this.#noteFamily(subject);
    this.#send(examined, this.#examine(examined));
  }

  #noteFamily({ value: { payload }, hasFamily, renames }: EventSubject): void {
    if (hasFamily) {
      this.#facts.withFamily++;
      return;
    }
    this.#facts.withoutFamily++;
    if (isJsonObject(payload) && payload.event_family !== undefined) this.#facts.familyUnderPayload++;
    this.#facts.renames ??= renames;
    this.#sendTo(this.#familyless);
  }

  /** Findings about the record that follows go there. */
  #sendTo(board: Scoreboard): void {
    this.#board = board;
    // Clearing a set costs something even where it is empty.
    if (board.cited.size > 0) board.cited.clear();
  }

  /** Record rules look at what is malformed or odd only; a record that is neither has kept their clauses. */
  #inspect(record: LogRecord): void {
    for (const rule of this.#rulebook.record) {
      rule.inspect(record, (draft) => this.#addAt(rule, draft, record));
    }
  }

  /** Sends an event along its track, once it has been examined or need not be. */
  #send(examined: Examined, track: Track): void {
    const { textual, observers } = this.#laneOf(track);
    this.#current = examined;
    for (const { rule, emit } of textual) rule.check?.(examined, emit, this.#reading.allowance);
    const place = this.#placeOf(examined.record);
    this.#board.countEvent(track, examined, place);
    for (const { rule, collector } of observers) {
      const observed = rule.observe(examined);
      if (observed !== undefined) collector.add(byBoundedKey(observed), place);
    }
  }

  #placeOf({ line }: LogRecord): number {
    return line + this.#places.shift;
  }

  /** Holds an event to schemas, invariants and rules. */
  #examine(examined: Examined): Track {
    this.#current = examined;
    const before = this.#found;
    const track = this.#rulebook.track(scopesOf(examined.subject));
    for (const defect of this.#reading.defectsOf(examined.subject)) this.#explain(defect, examined);
    for (const { rule, emit } of this.#laneOf(track).checking)
      rule.check?.(examined, emit, this.#reading.allowance);
    this.#reject(examined.record);
    if (this.#found === before) this.#alike.add(examined, track);
    return track;
  }

  /** Keeps the record if something has been found by which it is invalid. */
  #reject(record: ParsedRecord): void {
    if (this.#reasons.length === 0) return;
    const line = this.#placeOf(record);
    const isFamilyless = this.#board === this.#familyless;
    this.#rejected.push({ line, isFamilyless, reasons: this.#reasons, event: this.#reading.shown(record) });
    this.#reasons = [];
  }

  #laneOf(track: Track): Lane {
    const known = this.#lanes.get(track);
    if (known !== undefined) return known;
    const checkOf = (rule: EventRule): Check => ({ rule, emit: (draft) => this.#add(rule, draft) });
    const lane = {
      track,
      checking: track.checking.map(checkOf),
      textual: track.textual.map(checkOf),
      observers: track.observing.map((rule) => ({ rule, collector: this.#collectorOf(rule) })),
    };
    this.#lanes.set(track, lane);
    return lane;
  }

  #collectorOf(rule: LogRule): Collector {
    const collector = this.#collectors.get(rule) ?? collectorFor(rule);
    this.#collectors.set(rule, collector);
    return collector;
  }

  #explain(defect: Defect, examined: Examined): void {
    for (const rule of this.#rulebook.explaining) {
      const draft = rule.explain?.(defect, examined);
      if (draft === undefined) continue;
      this.#add(rule, draft);
      return;
    }
    throw new Error(`no rule explains a defect of ${defect.target} ${defect.field}: ${defect.problem}`);
  }

  #add(rule: RuleMeta, draft: Draft): void {
    const current = this.#current;
    if (current === undefined) throw new Error(`rule ${rule.id} speaks of no event`);
    const { record, event } = current;
    const { offset, pointer } = draft;
    if (this.#options.rejecting?.has(rule.id) === true) this.#noteReason(rule, draft);
    const place = (): PlacedValue =>
      offset === undefined ? this.#reading.placeOf(record, pointer) : this.#reading.placeAt(record, offset);
    this.#file(rule, draft, place, event);
  }

  #noteReason(rule: RuleMeta, draft: Draft): void {
    const { level, clauses, message } = groupIdentityOf(rule, draft, this.#rulebook);
    const pointer = withNames(draft.pointer, (name) => this.#reading.discretion.name(name));
    if (level === "MUST") this.#reasons.push({ rule: rule.id, clauses, message, pointer });
  }

  #addAt(rule: RuleMeta, draft: RecordDraft, record: LogRecord): void {
    const value = "value" in record ? record.value : undefined;
    this.#file(rule, draft, () => this.#reading.placeAt(record, draft.offset), value);
  }

  #file(rule: RuleMeta, draft: Draft, place: () => PlacedValue, event: JsonObject | undefined): void {
    const identity = groupIdentityOf(rule, draft, this.#rulebook);
    const { ledger, cited } = this.#board;
    const group = groupFor(ledger, identity);
    group.count++;
    this.#found++;
    for (const clause of identity.clauses)
      if (this.#rulebook.clauses.get(clause)?.level === identity.level) cited.add(clause);
    const { valueKey } = this.#options;
    if (valueKey !== undefined) mergeValues(group, digestsOf(draft, event, valueKey));
    const isListed = group.locations.length < this.#options.maxFindings;
    if (!isListed && !this.#options.everyOccurrence) return;
    const { column, ...placed } = place();
    const { shift } = this.#places;
    const line = placed.line + shift;
    const excerpt = { ...placed.excerpt, line: placed.excerpt.line + shift };
    const { discretion } = this.#reading;
    const pointer = withNames(draft.pointer, (name) => discretion.name(name));
    if (isListed) {
      group.locations.push({ at: { input: 0, line }, column, pointer, excerpt });
      group.related.push([]);
    }
    if (!this.#options.everyOccurrence) return;
    const eventId = event?.event_id;
    this.#occurrences.push({
      ...identity,
      line,
      column,
      pointer,
      isFamilyless: this.#board === this.#familyless && !isTextual(rule, this.#rulebook),
      ...(typeof eventId === "string" && { event_id: shownId(eventId, discretion) }),
    });
  }
}

function isTextual({ id }: RuleMeta, { textual }: Rulebook): boolean {
  return textual.some((rule) => rule.id === id);
}

/** Stands for the secrets or ids that a finding is about; undefined where it is about none. */
function digestsOf({ values, pointer }: Draft, event: JsonObject | undefined, key: string) {
  const id = /_id$/.test(pointer) ? valueAtPointer(event, pointer) : undefined;
  const named = values ?? (typeof id === "string" ? [id] : undefined);
  return named?.map((value) => valueDigest(key, value));
}

/** What group a draft belongs to: its clauses are its own or the rule's first, its level that of the first clause. */
export function groupIdentityOf(rule: RuleMeta, draft: Draft, { clauses: known }: Rulebook): GroupIdentity {
  const { message, hint, shape = shapeOf(draft.pointer) } = draft;
  const clauses = draft.clauses ?? [rule.clauses[0]];
  const level = draft.level ?? known.get(clauses[0])?.level;
  if (level === undefined) throw new Error(`rule ${rule.id} cites ${clauses[0]}, which is no clause`);
  return { rule: rule.id, clauses, level, message, shape, ...(hint !== undefined && { hint }) };
}
