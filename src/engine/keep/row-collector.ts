import { ROW } from "../../model/kinds.js";
import type { Observed } from "../../model/source.js";
import { type Batch, KEY_SLOTS } from "./batch.js";
import type { Collector, KnownRows } from "./collector.js";
import { KeyRests } from "./key-rests.js";
import { restOf, restSlots } from "./patterns.js";
import type { NamedSlots, RecentSlots } from "./recent-slots.js";
import { NO_BYTES, type RowView, SLOTS_WORD, viewOfRows } from "./row-view.js";
import { RowWriter } from "./row-writer.js";

/** Gathers numbers by key as rows. */
export class RowCollector implements Collector {
  readonly #rule: string;
  readonly #width: number;
  readonly #rests = new KeyRests();
  readonly #attachments = new Map<number, unknown>();
  readonly #own: RowWriter;
  #known: KnownRows | undefined;

  constructor(rule: string, width: number) {
    this.#rule = rule;
    this.#width = width;
    this.#own = new RowWriter(this.#rests, width);
  }

  add({ key, value, instant, attachment }: Observed, line: number): void {
    if (attachment !== undefined) this.#attachments.set(this.#own.count, attachment);
    this.#own.add(key, line, instant);
    this.#putValue(value);
  }

  #putValue(value: unknown): void {
    if (this.#width === 1 && typeof value === "number") {
      this.#own.setNumber(0, wholeNumber(value));
      return;
    }
    if (!Array.isArray(value) || value.length !== this.#width)
      throw new TypeError(`this rule keeps ${this.#width} numbers an observation`);
    for (const [index, number] of value.entries()) this.#own.setNumber(index, wholeNumber(number));
  }

  addKnown(): void {
    throw new TypeError("numbers are kept of each record");
  }

  addRows(known: KnownRows): void {
    const view = viewOfRows(known.buffer, this.#width);
    const { words, wordsApart, count } = view;
    const rests = new RestReader(known, this.#rests);
    for (let row = 0, word = 0; row < count; row++, word += wordsApart) {
      words[word + ROW.LINE_WORD] = known.placeOf(words[word + ROW.LINE_WORD] ?? 0);
      words[word + ROW.PATTERN_WORD] = rests.numberOf(view, word);
    }
    this.#known = known;
  }

  batch(): Batch | undefined {
    if (this.#own.count + (this.#known?.count ?? 0) === 0) return undefined;
    return {
      rule: this.#rule,
      rests: this.#rests.list,
      width: this.#width,
      own: this.#own.rows,
      known: this.#known?.buffer ?? NO_BYTES,
      attachments: this.#attachments,
    };
  }
}

/** Finds the rests of the keys in the scanner's rows. */
class RestReader {
  readonly #known: KnownRows;
  readonly #rests: KeyRests;
  /** The rests that all rows of a pattern share, by pattern. */
  readonly #constants: (number | undefined)[] = [];
  readonly #slots: (NamedSlots | undefined)[] = [];
  readonly #recent: RecentSlots;

  constructor(known: KnownRows, rests: KeyRests) {
    this.#known = known;
    this.#rests = rests;
    this.#recent = known.patterns.recentSlots(known.text);
  }

  /** The number of a row's rest. Behind its UUIDs the row then has no name any more. */
  numberOf(view: RowView, word: number): number {
    const pattern = view.words[word + ROW.PATTERN_WORD] ?? 0;
    return this.#constants[pattern] ?? this.#namedOf(pattern, view, word);
  }

  #namedOf(number: number, view: RowView, word: number): number {
    const { patterns, text } = this.#known;
    const at = word + SLOTS_WORD;
    const pattern = patterns.keyPattern(number);
    const slots = this.#slots[number] ?? restSlots(number, pattern);
    this.#slots[number] = slots;
    let rest = this.#recent.find(slots, view, at);
    if (rest < 0) {
      rest = this.#rests.numberOf(pattern.uuids, restOf(pattern, view.words, at, text));
      this.#recent.put(slots, view, at, rest);
      if (slots.names.length === 0) this.#constants[number] = rest;
    }
    view.words.fill(0, at + pattern.uuids * 4, at + KEY_SLOTS * 4);
    return rest;
  }
}

function wholeNumber(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new TypeError("this rule keeps whole numbers up to 2^53 - 1 only");
}
