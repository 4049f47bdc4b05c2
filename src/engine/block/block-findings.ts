import { valueAtPointer, withNames } from "../../model/pointer.js";
import type { Draft, Examined, RecordDraft, RuleMeta } from "../../model/rule.js";
import type { JsonObject, LogRecord, ParsedRecord } from "../../model/subject.js";
import { valueDigest } from "../../model/value-digests.js";
import type { RawLocation } from "../ledger.js";
import { mergeValues } from "../merge-ledger.js";
import { type PlacedValue, type RawOccurrence, type RawRejected, type Reading, shownId } from "../passage.js";
import type { EarlierBlocks } from "./earlier-blocks.js";
import { type Found, foundBy } from "./found.js";
import type { Places } from "./places.js";
import type { Rulebook, Track } from "./rulebook.js";
import { Scoreboard } from "./scoreboard.js";

export interface BlockOptions {
  /** The number of locations to keep for each finding. */
  readonly maxFindings: number;
  /** True if every occurrence is kept too, for --findings. */
  readonly everyOccurrence: boolean;
  /** Clauses whose MUST findings make an event invalid, for --rejected. If undefined, no event is kept. */
  readonly rejecting?: ReadonlySet<string>;
  /** The key for digests of the values that findings are about. If undefined, there are no digests. */
  readonly valueKey?: string;
}

/** Options of one block. */
export interface FindingOptions extends BlockOptions {
  readonly earlier: EarlierBlocks;
}

/**
 * Responsible for: the findings of one block, counted, placed and listed; why records are invalid.
 * May not: run rules, or decide what to check.
 */
export class BlockFindings {
  readonly occurrences: RawOccurrence[] = [];
  readonly rejected: RawRejected[] = [];
  readonly main: Scoreboard;
  readonly familyless: Scoreboard;
  /** Receives the findings about the current record. */
  #board: Scoreboard;
  /** Why the current record is invalid. */
  #reasons: RawRejected["reasons"][number][] = [];
  readonly #reading: Reading<never>;
  readonly #rulebook: Rulebook;
  readonly #options: FindingOptions;
  readonly #places: Places;

  constructor(reading: Reading<never>, rulebook: Rulebook, options: FindingOptions, places: Places) {
    this.#reading = reading;
    this.#rulebook = rulebook;
    this.#options = options;
    this.#places = places;
    this.main = new Scoreboard(rulebook, options.earlier.main);
    this.familyless = new Scoreboard(rulebook, options.earlier.familyless);
    this.#board = this.main;
  }

  get board(): Scoreboard {
    return this.#board;
  }

  /** Chooses the board that receives the findings about the next record. */
  sendTo(board: Scoreboard): void {
    this.#board = board;
    // Clearing an empty set costs time too, and most records have no finding.
    if (board.cited.size > 0) board.cited.clear();
  }

  /** Adds what a rule has found in an event. */
  add(found: Found, { record, event }: Examined): void {
    const { offset, pointer } = found.draft;
    const { rejecting } = this.#options;
    if (rejecting !== undefined) this.#noteReason(found, rejecting);
    const place = (): PlacedValue =>
      offset === undefined ? this.#reading.placeOf(record, pointer) : this.#reading.placeAt(record, offset);
    this.#file(found, place, event);
  }

  /** True if of such findings only the number counts: as many places as reports list are listed. */
  areCounted(found: readonly Found[]): boolean {
    if (found.length === 0) return true;
    const { maxFindings, everyOccurrence, rejecting, valueKey } = this.#options;
    if (everyOccurrence || rejecting !== undefined || valueKey !== undefined) return false;
    return found.every((each) => this.main.listed(each) >= maxFindings);
  }

  /** Adds the number of events of one kind in which this was found; the first of them has this place. */
  addKnown(found: readonly Found[], track: Track, events: number, place: number): void {
    const cited = new Set<string>();
    for (const each of found) {
      this.main.groupOf(each).count += events;
      this.#cite(each, cited);
    }
    this.main.addKnown(track, events, place, cited);
  }

  /** Adds a rule's finding about a record's text. */
  addAt(rule: RuleMeta, draft: RecordDraft, record: LogRecord): void {
    const value = "value" in record ? record.value : undefined;
    const found = foundBy(rule, draft, this.#rulebook);
    this.#file(found, () => this.#reading.placeAt(record, draft.offset), value);
  }

  /** Keeps the record if a finding makes it invalid. */
  reject(record: ParsedRecord): void {
    if (this.#reasons.length === 0) return;
    const line = record.line + this.#places.shift;
    const isFamilyless = this.#board === this.familyless;
    this.rejected.push({ line, isFamilyless, reasons: this.#reasons, event: this.#reading.shown(record) });
    this.#reasons = [];
  }

  #noteReason({ rule, draft, identity }: Found, rejecting: ReadonlySet<string>): void {
    const { level, clauses, message } = identity;
    if (level !== "MUST" || !clauses.some((clause) => rejecting.has(clause))) return;
    const pointer = withNames(draft.pointer, (name) => this.#reading.discretion.name(name));
    this.#reasons.push({ rule: rule.id, clauses, message, pointer });
  }

  #file(found: Found, place: () => PlacedValue, event: JsonObject | undefined): void {
    const { draft } = found;
    const isListed = this.#board.listed(found) < this.#options.maxFindings;
    const group = this.#board.groupOf(found);
    group.count++;
    this.#cite(found, this.#board.cited);
    const { valueKey } = this.#options;
    if (valueKey !== undefined) mergeValues(group, digestsOf(draft, event, valueKey));
    if (!isListed && !this.#options.everyOccurrence) return;
    const placed = this.#placed(place(), draft.pointer);
    if (isListed) {
      group.locations.push(placed);
      group.related.push([]);
    }
    if (this.#options.everyOccurrence) this.#note(found, placed, event);
  }

  #cite({ identity: { clauses, level } }: Found, cited: Set<string>): void {
    for (const clause of clauses) if (this.#rulebook.clauses.get(clause)?.level === level) cited.add(clause);
  }

  #placed({ line, column, excerpt, family, time }: PlacedValue, pointer: string): PlacedLocation {
    const { shift } = this.#places;
    return {
      at: { input: 0, line: line + shift },
      column,
      pointer: withNames(pointer, (name) => this.#reading.discretion.name(name)),
      ...(family !== undefined && { family }),
      excerpt: { ...excerpt, line: excerpt.line + shift },
      ...(time !== undefined && { time }),
    };
  }

  #note(
    { rule, identity }: Found,
    { at, column, pointer }: PlacedLocation,
    event: JsonObject | undefined,
  ): void {
    const eventId = event?.event_id;
    this.occurrences.push({
      ...identity,
      line: at.line,
      column,
      pointer,
      isFamilyless: this.#board === this.familyless && !isTextual(rule, this.#rulebook),
      ...(typeof eventId === "string" && { event_id: shownId(eventId, this.#reading.discretion) }),
    });
  }
}

type PlacedLocation = RawLocation & Required<Pick<RawLocation, "column" | "pointer" | "excerpt">>;

function isTextual({ id }: RuleMeta, { textual }: Rulebook): boolean {
  return textual.some((rule) => rule.id === id);
}

/** Digests of the secrets or ids that a finding is about; undefined if it is about no such value. */
function digestsOf({ values, pointer }: Draft, event: JsonObject | undefined, key: string) {
  const id = /_id$/.test(pointer) ? valueAtPointer(event, pointer) : undefined;
  const named = values ?? (typeof id === "string" ? [id] : undefined);
  return named?.map((value) => valueDigest(key, value));
}
