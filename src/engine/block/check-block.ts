import type { Defect } from "../../model/defect.js";
import type { KindCount, KnownRecords } from "../../model/kinds.js";
import type { Mutable } from "../../model/mutable.js";
import type { Emit, EventRule, Examined, FileFacts } from "../../model/rule.js";
import {
  type EventSubject,
  isJsonObject,
  type LogRecord,
  type MalformedRecord,
  type ParsedRecord,
  type Subject,
} from "../../model/subject.js";
import { noCounts } from "../counts.js";
import { clauseTallyOf } from "../ledger.js";
import { byBoundedKey } from "../memory/bounded-key.js";
import type { BlockResult, Reading } from "../passage.js";
import { isLeftOut, type UnreadRecord } from "../unread-records.js";
import { BlockFindings, type BlockOptions, type FindingOptions } from "./block-findings.js";
import { InputSoFar } from "./earlier-blocks.js";
import { type Found, foundBy } from "./found.js";
import { eventIn, type Kind, type Shared } from "./kinds/kind.js";
import { Kinds } from "./kinds/kinds.js";
import { KnownFindings } from "./kinds/known-findings.js";
import { Tallies } from "./kinds/tallies.js";
import { whatShows } from "./kinds/what-shows.js";
import { Lanes } from "./lanes.js";
import { Places } from "./places.js";
import { type Rulebook, scopesOf, type Track } from "./rulebook.js";

/**
 * Checks the records of a block, one record a step.
 *
 * @param input a number for the input of the block. The blocks of an input come in the order of the log; places that no
 * report can list, because of those before, are left out. Default: the block is all of its input
 */
export type BlockChecker<Block> = (block: Block, input?: number) => Generator<undefined, BlockResult>;

/** Builds the checker of blocks: records in, a BlockResult out. */
export function blockChecker<Block>(
  reading: Reading<Block>,
  rulebook: Rulebook,
  options: BlockOptions,
): BlockChecker<Block> {
  const kinds = new Kinds(reading.terms, rulebook);
  const knownFindings = new KnownFindings();
  const inputs = new InputSoFar();
  return function* (block, input) {
    const earlier = inputs.of(input);
    const { records, known } = reading.read(block, kinds, earlier);
    const pass = new BlockPass(reading, rulebook, { ...options, earlier }, { kinds, knownFindings, known });
    for (const record of together(records, (each) => pass.isTakenByScanner(each))) {
      pass.take(record);
      yield;
    }
    return pass.result();
  };
}

/** Records that are taken one after another. */
const TOGETHER = 32;

/**
 * The records that the scanner does not take, in order, and several at a time: between two of them the scanner may go
 * through hundreds of others, and whatever a record needs would have left the processor's caches.
 */
function* together(
  records: Iterable<LogRecord>,
  isTakenByScanner: (record: LogRecord) => boolean,
): Generator<LogRecord> {
  const waiting: LogRecord[] = [];
  for (const record of records) {
    if (!isTakenByScanner(record)) waiting.push(record);
    if (waiting.length === TOGETHER) yield* waiting.splice(0);
  }
  yield* waiting;
}

/** What is known of events by those that are like them. */
interface Alike {
  readonly kinds: Kinds;
  readonly knownFindings: KnownFindings;
  /** What the scanner takes by itself. */
  readonly known: KnownRecords | undefined;
}

/**
 * Responsible for: one block: runs its records through the rules, counts them, collects observations.
 * May not: look at another block, or say where a finding is listed.
 */
class BlockPass<Block> {
  readonly #reading: Reading<Block>;
  readonly #rulebook: Rulebook;
  readonly #findings: BlockFindings;
  readonly #kinds: Kinds;
  readonly #knownFindings: KnownFindings;
  readonly #known: KnownRecords | undefined;
  readonly #places = new Places();
  readonly #counts = noCounts();
  readonly #facts: Mutable<FileFacts> = { withFamily: 0, withoutFamily: 0, familyUnderPayload: 0 };
  readonly #lanes: Lanes;
  readonly #unread: UnreadRecord[] = [];
  readonly #carriers = new Map<string, number>();
  #current: Examined | undefined;
  /** What rules find in the current event; undefined unless it is being examined. */
  #found: Found[] | undefined;
  #unjudged = 0;
  #otherOutput = 0;

  constructor(
    reading: Reading<Block>,
    rulebook: Rulebook,
    options: FindingOptions,
    { kinds, knownFindings, known }: Alike,
  ) {
    this.#kinds = kinds;
    this.#knownFindings = knownFindings;
    this.#known = known;
    this.#reading = reading;
    this.#rulebook = rulebook;
    this.#lanes = new Lanes(rulebook, options.earlier, (rule, draft) => this.#add(rule, draft));
    this.#findings = new BlockFindings(reading, rulebook, options, this.#places);
  }

  result(): BlockResult {
    if (this.#known !== undefined) this.#addKnown(this.#known);
    const { ends, shared } = this.#places;
    const { main, familyless, occurrences, rejected } = this.#findings;
    return {
      ledger: main.finish(),
      familyless: familyless.finish(),
      counts: this.#counts,
      unjudged: this.#unjudged,
      carriers: this.#carriers,
      otherOutput: this.#otherOutput,
      facts: this.#facts,
      batches: this.#lanes.batches(),
      occurrences,
      rejected,
      unread: this.#unread,
      ends,
      shared,
    };
  }

  /**
   * Leaves an event of a known kind, and all later ones, to the scanner, if it can do all that is to be done. Call it
   * while the scanner is at the record.
   */
  isTakenByScanner(record: LogRecord): boolean {
    if (this.#known === undefined || "malformed" in record) return false;
    const kind = this.#kinds.of(record);
    if (kind === undefined || (record.signs !== 0 && this.#reading.isSuspicious(record))) return false;
    if (this.#known.take()) return true;
    if (!this.#findings.areCounted(kind.found)) return false;
    const learned = this.#kinds.learn(kind, record);
    if (learned === undefined || learned === null) return false;
    // In the next input, the first places of what is found are listed anew.
    const isOfInput = kind.found.length > 0;
    return this.#known.learn(record.likeness, kind, learned.program, isOfInput) && this.#known.take();
  }

  /** Takes a record that the scanner does not take. */
  take(record: LogRecord): void {
    this.#findings.sendTo(this.#findings.main);
    for (const name of record.carriage?.by ?? [])
      this.#carriers.set(name, (this.#carriers.get(name) ?? 0) + 1);
    if ("malformed" in record) this.#takeMalformed(record);
    else this.#takeParsed(record);
  }

  #takeMalformed(record: MalformedRecord): void {
    const { malformed, json, line } = record;
    if (malformed === "other-output") {
      this.#otherOutput++;
      return;
    }
    if (malformed === "not-unwrapped") this.#unjudged++;
    if (malformed !== "unseparated") this.#counts.malformed++;
    if (isLeftOut(malformed)) this.#unread.push({ line, reason: malformed });
    if (json !== undefined && this.#reading.holdsEvent(json)) this.#unjudged++;
    this.#places.pass(line);
    this.#inspect(record);
    const { cited, ledger } = this.#findings.board;
    for (const clause of cited) clauseTallyOf(ledger, clause).checked++;
  }

  #takeParsed(record: ParsedRecord): void {
    const kind = this.#kinds.of(record);
    if (kind !== undefined) {
      this.#takeAsKind(kind, record);
      return;
    }
    const subject = this.#reading.recognise(record.value);
    const isUnread = subject.kind === "unrecognised" && record.likeness !== 0;
    const carried = isUnread ? this.#reading.carriedBy(record) : undefined;
    if (carried === undefined) this.#places.next(record.line);
    else this.#places.pass(record.line);
    if (record.oddities !== undefined) this.#inspect(record);
    if (carried !== undefined) {
      for (const inner of carried) this.take(inner);
      return;
    }
    // Documents are excluded: the clauses about records as such are about the lines of logs.
    if (record.document === undefined) this.#findings.board.countRecord(this.#placeOf(record));
    this.#takeSubject(record, subject);
  }

  #takeAsKind(kind: Kind, record: ParsedRecord): void {
    this.#places.next(record.line);
    this.#findings.board.countRecord(this.#placeOf(record));
    this.#countAs(kind, 1);
    const examined = eventIn(kind, record);
    for (const each of kind.found) this.#findings.add(each, examined);
    this.#findings.reject(record);
    this.#send(examined, kind.track);
  }

  #countAs({ first }: Kind, count: number): void {
    this.#counts[first.kind] += count;
    if (first.kind === "event") this.#facts.withFamily += count;
  }

  /** Adds the records that the scanner has taken by itself. */
  #addKnown(known: KnownRecords): void {
    const { counts, rows, ends, text } = known;
    const { patterns } = this.#kinds;
    const placeOf = (line: number): number => this.#places.placeOf(line);
    const [tracks, lists, shared] = [
      new Tallies<Track>(),
      new Tallies<readonly Shared[]>(),
      new Tallies<Shared>(),
    ];
    for (const { kind, count, first } of counts as readonly (KindCount & { readonly kind: Kind })[]) {
      this.#countAs(kind, count);
      if (kind.found.length === 0) tracks.add(kind.track, count, first);
      else this.#findings.addKnown(kind.found, kind.track, count, placeOf(first));
      if (kind.learned) lists.add(kind.learned.shared, count, first);
    }
    for (const [track, { count, first }] of tracks) this.#findings.addKnown([], track, count, placeOf(first));
    for (const [list, { count, first }] of lists)
      for (const observation of list) shared.add(observation, count, first);
    for (const [{ source, observed }, { count, first }] of shared)
      this.#lanes.collectorFor(source).addKnown(observed, placeOf(first), count);
    for (const [source, own] of rows.entries())
      if (own !== null) this.#lanes.collectorFor(source).addRows({ ...own, patterns, text, placeOf });
    if (ends !== undefined) this.#places.widen(ends);
  }

  #takeSubject(record: ParsedRecord, subject: Subject): void {
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
    this.#findings.sendTo(this.#findings.familyless);
  }

  /** Only malformed or odd records reach the record rules; any other record keeps their clauses. */
  #inspect(record: LogRecord): void {
    for (const rule of this.#rulebook.record) {
      rule.inspect(record, (draft) => this.#findings.addAt(rule, draft, record));
    }
  }

  /** Runs the text rules, counts and observations of an event that is examined or of a known kind. */
  #send(examined: Examined, track: Track): void {
    const { textual, observers } = this.#lanes.of(track);
    this.#current = examined;
    for (const { rule, emit } of textual) rule.check?.(examined, emit, this.#reading.allowance);
    const place = this.#placeOf(examined.record);
    this.#findings.board.countEvent(track, examined, place);
    for (const { observer, collector } of observers) {
      const observed = observer.source.observe(examined);
      if (observed !== undefined) collector.add(byBoundedKey(observed), place);
    }
  }

  #placeOf({ line }: LogRecord): number {
    return line + this.#places.shift;
  }

  /** Checks an event against schemas, invariants and rules. */
  #examine(examined: Examined): Track {
    const track = this.#rulebook.track(scopesOf(examined.subject));
    const found = this.#knownFindings.of(examined);
    if (found === undefined) this.#judge(examined, track);
    else for (const each of found) this.#findings.add(each, examined);
    this.#findings.reject(examined.record);
    return track;
  }

  #judge(examined: Examined, track: Track): void {
    const found: Found[] = [];
    this.#current = examined;
    this.#found = found;
    const defects = this.#reading.defectsOf(examined.subject);
    for (const defect of defects) this.#explain(defect, examined, track);
    for (const { rule, emit } of this.#lanes.of(track).checking)
      rule.check?.(examined, emit, this.#reading.allowance);
    this.#found = undefined;
    this.#remember(examined, track, defects, found);
  }

  #remember(examined: Examined, track: Track, defects: readonly Defect[], found: readonly Found[]): void {
    const shown = whatShows(examined, defects, found, this.#reading.terms);
    if (shown === "likeness") this.#kinds.add(examined, track, found);
    else if (shown === "names") this.#knownFindings.add(examined, found);
  }

  #explain(defect: Defect, examined: Examined, { explaining }: Track): void {
    for (const rule of explaining) {
      const draft = rule.explain?.(defect, examined);
      if (draft === undefined) continue;
      this.#add(rule, draft);
      return;
    }
    throw new Error(`no rule explains a defect of ${defect.target} ${defect.field}: ${defect.problem}`);
  }

  #add(rule: EventRule, draft: Parameters<Emit>[0]): void {
    if (this.#current === undefined) throw new Error(`rule ${rule.id} has a finding, but no event`);
    const found = foundBy(rule, draft, this.#rulebook);
    this.#found?.push(found);
    this.#findings.add(found, this.#current);
  }
}
