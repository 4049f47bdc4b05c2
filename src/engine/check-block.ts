import type { Defect } from "../model/defect.js";
import type { Occurrence } from "../model/finding.js";
import { shapeOf } from "../model/pointer.js";
import type {
  Draft,
  Emit,
  Examined,
  FileFacts,
  LogRule,
  Observation,
  Observed,
  RecordDraft,
  RuleMeta,
} from "../model/rule.js";
import {
  isJsonObject,
  type LogRecord,
  type ParsedRecord,
  type RecordKind,
  type Subject,
} from "../model/subject.js";
import { noCounts } from "./counts.js";
import {
  countOccurrence,
  type GroupIdentity,
  groupFor,
  type Ledger,
  type RawLocation,
  tallyOf,
} from "./ledger.js";
import { type Rulebook, scopesOf } from "./rulebook.js";
import { Scoreboard } from "./scoreboard.js";

/** What the engine needs from the stages before it: how to read, recognise, examine and place. */
export interface Reading<Block> {
  records(block: Block): Iterable<LogRecord>;
  recognise(value: ParsedRecord["value"]): Subject;
  defectsOf(subject: Subject): readonly Defect[];
  placeOf(record: LogRecord, pointer: string): PlacedValue;
  placeAt(record: LogRecord, offset: number): PlacedValue;
  /** A text of the sender's without what must not be shown. */
  conceal(text: string): string;
}

type PlacedValue = Required<Pick<RawLocation, "column" | "excerpt">> & { readonly line: number };

export interface BlockOptions {
  /** How many locations of each finding are kept. */
  readonly maxLocations: number;
  /** Whether every occurrence is kept too, for --findings. */
  readonly everyOccurrence: boolean;
}

/** An observation of one log rule, its line counted from the block's first. */
export interface BlockObservation {
  readonly rule: string;
  readonly observed: Observed<unknown>;
  readonly line: number;
}

/** An occurrence before its path and final line number are put in; `line` is counted from the block's first. */
export interface RawOccurrence extends Omit<Occurrence, "path" | "related"> {
  /** Whether it is about an event without event_family, which a finding about the whole file may replace. */
  readonly isFamilyless: boolean;
}

/** What one block of an input amounts to. Lines are counted from the block's first, from 0. */
export interface BlockResult {
  readonly ledger: Ledger;
  /** The same for events without event_family. */
  readonly familyless: Ledger;
  readonly counts: Record<RecordKind, number>;
  readonly facts: FileFacts;
  readonly observations: readonly BlockObservation[];
  readonly occurrences: readonly RawOccurrence[];
  /** Lines of records that were above the size limit and so not read. */
  readonly unread: readonly number[];
}

/** @param path of the input that the block is of */
export type BlockChecker<Block> = (block: Block, path: string) => BlockResult;

/** Builds the mapper: from a block of records to what it amounts to. */
export function blockChecker<Block>(
  reading: Reading<Block>,
  rulebook: Rulebook,
  options: BlockOptions,
): BlockChecker<Block> {
  return (block, path) => {
    const pass = new BlockPass(reading, rulebook, options, path);
    for (const record of reading.records(block)) pass.take(record);
    return pass.result();
  };
}

/** An event_id may be anything; a finding repeats no more of it than an identifier needs. */
const MAX_ID_LENGTH = 64;
/** A secret that begins in what is shown must be seen as one. */
const MAX_SCANNED_ID = 8192;

/** As much of an event_id as a finding repeats. */
export function shownId(id: string, conceal: (text: string) => string): string {
  return conceal(id.slice(0, MAX_SCANNED_ID)).slice(0, MAX_ID_LENGTH);
}

class BlockPass<Block> {
  readonly #reading: Reading<Block>;
  readonly #rulebook: Rulebook;
  readonly #options: BlockOptions;
  readonly #path: string;
  readonly #main: Scoreboard;
  readonly #familyless: Scoreboard;
  readonly #counts = noCounts();
  readonly #facts = { withFamily: 0, withoutFamily: 0, familyUnderPayload: 0 };
  readonly #observations: BlockObservation[] = [];
  readonly #combined = new Map<string, Map<string, Observation<unknown>>>();
  readonly #occurrences: RawOccurrence[] = [];
  readonly #unread: number[] = [];
  readonly #emitters: ReadonlyMap<string, Emit>;
  /** Where findings about the current record go. */
  #board: Scoreboard;
  #current: Examined | undefined;

  constructor(reading: Reading<Block>, rulebook: Rulebook, options: BlockOptions, path: string) {
    this.#path = path;
    this.#reading = reading;
    this.#rulebook = rulebook;
    this.#options = options;
    this.#main = new Scoreboard(rulebook);
    this.#familyless = new Scoreboard(rulebook);
    this.#board = this.#main;
    this.#emitters = new Map(
      rulebook.rules.map((rule) => [rule.id, (draft: Draft) => this.#add(rule, draft)]),
    );
  }

  result(): BlockResult {
    return {
      ledger: this.#main.ledger,
      familyless: this.#familyless.ledger,
      counts: this.#counts,
      facts: this.#facts,
      observations: this.#allObservations(),
      occurrences: this.#occurrences,
      unread: this.#unread,
    };
  }

  take(record: LogRecord): void {
    this.#board = this.#main;
    this.#board.cited.clear();
    if ("malformed" in record) {
      this.#counts.malformed++;
      if (record.malformed === "too-long") this.#unread.push(record.line);
      this.#inspect(record);
      for (const clause of this.#board.cited) tallyOf(this.#board.ledger, clause).checked++;
      return;
    }
    if (record.oddities !== undefined) this.#inspect(record);
    // The clauses about records as such are about logs: a document is no line of JSON.
    if (record.document === undefined) this.#board.countRecord(record.line);
    const subject = this.#reading.recognise(record.value);
    this.#counts[subject.kind]++;
    const integration = "integration" in subject ? subject.integration : undefined;
    const examined: Examined = { record, subject, event: subject.value, integration };
    this.#current = examined;
    if (subject.kind === "event") this.#noteFamily(subject.hasFamily, examined);
    this.#judge(examined);
    this.#observe(examined);
  }

  #noteFamily(hasFamily: boolean, { event }: Examined): void {
    if (hasFamily) {
      this.#facts.withFamily++;
      return;
    }
    this.#facts.withoutFamily++;
    const payload = event.payload;
    if (isJsonObject(payload) && payload.event_family !== undefined) this.#facts.familyUnderPayload++;
    this.#board = this.#familyless;
    this.#board.cited.clear();
  }

  /** Record rules look at what is malformed or odd only; a record that is neither has kept their clauses. */
  #inspect(record: LogRecord): void {
    for (const rule of this.#rulebook.record) {
      rule.inspect(record, (draft) => this.#addAt(rule, draft, record));
    }
  }

  #judge(examined: Examined): void {
    for (const defect of this.#reading.defectsOf(examined.subject)) this.#explain(defect, examined);
    const scopes = scopesOf(examined.subject);
    for (const scope of scopes) {
      for (const rule of this.#rulebook.scope(scope).checking) {
        rule.check?.(examined, this.#emitterOf(rule));
      }
    }
    for (const scope of scopes) this.#board.countEvent(scope, examined);
  }

  #emitterOf(rule: RuleMeta): Emit {
    const emit = this.#emitters.get(rule.id);
    if (emit === undefined) throw new Error(`rule ${rule.id} is not in the rulebook`);
    return emit;
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

  #observe(examined: Examined): void {
    const { line } = examined.record;
    for (const [rule] of this.#rulebook.observers) {
      const observed = rule.observe(examined);
      if (observed === undefined) continue;
      if (rule.combine === undefined) this.#observations.push({ rule: rule.id, observed, line });
      else this.#combine(rule, observed, line);
    }
  }

  /** Sums up what a rule observes in this block already, so that a block gives one observation a key. */
  #combine(rule: LogRule, { key, value, instant }: Observed<unknown>, line: number): void {
    const combined = this.#combined.get(rule.id) ?? new Map<string, Observation<unknown>>();
    this.#combined.set(rule.id, combined);
    const at = { input: 0, line };
    const own = instant === undefined ? { value, at } : { value, at, instant };
    const earlier = combined.get(key);
    combined.set(key, earlier === undefined ? own : (rule.combine?.(earlier, own) ?? own));
  }

  #allObservations(): BlockObservation[] {
    const all = [...this.#observations];
    for (const [rule, observations] of this.#combined) {
      for (const [key, { value, at, instant }] of observations)
        all.push({
          rule,
          line: at.line,
          observed: { key, value, ...(instant !== undefined && { instant }) },
        });
    }
    return all;
  }

  #add(rule: RuleMeta, draft: Draft): void {
    const current = this.#current;
    if (current === undefined) throw new Error(`rule ${rule.id} speaks of no event`);
    const { record, event } = current;
    const { offset, pointer } = draft;
    const place = (): PlacedValue =>
      offset === undefined ? this.#reading.placeOf(record, pointer) : this.#reading.placeAt(record, offset);
    this.#file(rule, draft, place, event.event_id);
  }

  #addAt(rule: RuleMeta, draft: RecordDraft, record: LogRecord): void {
    const id = "value" in record ? record.value.event_id : undefined;
    this.#file(rule, draft, () => this.#reading.placeAt(record, draft.offset), id);
  }

  #file(rule: RuleMeta, draft: Draft, place: () => PlacedValue, eventId: unknown): void {
    const identity = identityOf(rule, draft, this.#rulebook, this.#path);
    const { clauses, level, ownLevel = level, message, hint, waiver } = identity;
    const { ledger, cited } = this.#board;
    const group = groupFor(ledger, identity);
    countOccurrence(ledger, group, this.#rulebook.clauses);
    for (const clause of clauses)
      if (this.#rulebook.clauses.get(clause)?.level === ownLevel) cited.add(clause);
    const isListed = group.locations.length < this.#options.maxLocations;
    if (!isListed && !this.#options.everyOccurrence) return;
    const { line, column, excerpt } = place();
    const pointer = this.#reading.conceal(draft.pointer);
    if (isListed) {
      group.locations.push({ at: { input: 0, line }, column, pointer, excerpt });
      group.related.push([]);
    }
    if (!this.#options.everyOccurrence) return;
    const isFamilyless = this.#board === this.#familyless;
    const occurrence = {
      rule: rule.id,
      clauses,
      level,
      message,
      line,
      column,
      pointer,
      isFamilyless,
    };
    this.#occurrences.push({
      ...occurrence,
      ...(hint !== undefined && { hint }),
      ...(waiver !== undefined && { waived: true as const }),
      ...(typeof eventId === "string" && { event_id: shownId(eventId, this.#reading.conceal) }),
    });
  }
}

/** What group a draft belongs to: its clauses are its own or the rule's first, its level that of the first clause. */
export function identityOf(
  rule: RuleMeta,
  draft: Draft,
  rulebook: Pick<Rulebook, "clauses" | "policy">,
  path: string,
): GroupIdentity {
  const { message, hint, shape = shapeOf(draft.pointer) } = draft;
  const clauses = draft.clauses ?? [rule.clauses[0]];
  const level = draft.level ?? rulebook.clauses.get(clauses[0])?.level;
  if (level === undefined) throw new Error(`rule ${rule.id} cites ${clauses[0]}, which is no clause`);
  const kind = { rule: rule.id, clauses, level, message, shape };
  const { waiver, level: reported = level } = rulebook.policy.treatmentOf(kind, path);
  return {
    ...kind,
    level: reported,
    ...(hint !== undefined && { hint }),
    ...(waiver !== undefined && { waiver }),
    ...(reported !== level && { ownLevel: level }),
  };
}
