import { ROW } from "../../model/kinds.js";
import type { Observed } from "../../model/source.js";
import { NumberedValues } from "../memory/numbered-values.js";
import { type Batch, VALUE_WIDTH } from "./batch.js";
import type { Collector, KnownRows } from "./collector.js";
import type { FullKeys } from "./full-keys.js";
import { KeyRests } from "./key-rests.js";
import { constantKey, type EntryPattern, observedIn, uuidSlotOf, valueSlots } from "./patterns.js";
import type { NamedSlots, SlotView } from "./recent-slots.js";
import { NO_BYTES, SLOTS_WORD } from "./row-view.js";
import { RowWriter } from "./row-writer.js";

/** An observation that waits for its turn. */
interface Waiting {
  readonly observed: Observed;
  readonly line: number;
  readonly count: number;
}

/** What all rows of a pattern have in common. */
interface Known {
  readonly pattern: EntryPattern;
  /** True if their key is full: they need not be gathered. */
  readonly isFull: boolean;
  /** Where the UUID is that is their key, in words from the beginning of a row; undefined for other keys. */
  readonly uuidWord: number | undefined;
  /** The slots of names and integers that their values are made of; undefined for other values, and other keys. */
  readonly slots: NamedSlots | undefined;
  /** Where the attachment is, in doubles from the beginning of a row; undefined where there is none. */
  readonly attachmentDouble: number | undefined;
}

/** Gathers values by key as rows of their numbers. A value may come more than once. */
export class ValueCollector implements Collector {
  readonly #rule: string;
  readonly #fullKeys: FullKeys | undefined;
  readonly #rests = new KeyRests();
  readonly #values = new NumberedValues();
  readonly #waiting: Waiting[] = [];
  #isInOrder = true;
  #known: RowWriter | undefined;

  /** @param fullKeys those of the blocks before, if any */
  constructor(rule: string, fullKeys?: FullKeys) {
    this.#rule = rule;
    this.#fullKeys = fullKeys;
  }

  add(observed: Observed, line: number, count = 1): void {
    if (this.#fullKeys?.has(observed.key) === true) return;
    this.#waiting.push({ observed, line, count });
  }

  addKnown(observed: Observed, line: number): void {
    this.#isInOrder = false;
    // A repeated value counts only if something distinguishes the two observations.
    this.add(observed, line, 1);
  }

  addRows({ size, count, buffer, patterns, text, placeOf }: KnownRows): void {
    const view = { words: new Uint32Array(buffer), doubles: new Float64Array(buffer) };
    const { words } = view;
    const known: Known[] = [];
    const recent = patterns.recentSlots(text);
    const written = new RowWriter(this.#rests, VALUE_WIDTH, count);
    this.#known = written;
    for (let word = 0, row = 0; row < count; row++, word += size / 4) {
      const number = words[word + ROW.PATTERN_WORD] ?? 0;
      const own = known[number] ?? this.#knownOf(number, patterns.entryPattern(number));
      known[number] = own;
      if (own.isFull) continue;
      const line = placeOf(words[word + ROW.LINE_WORD] ?? 0);
      const value = own.slots === undefined ? -1 : recent.find(own.slots, view, word + SLOTS_WORD);
      if (value >= 0) {
        this.#addKnownRow(written, own, value, view, word, line);
        continue;
      }
      const observed = observedIn(own.pattern, view, word, text);
      this.#write(written, observed, line, words[word + ROW.COUNT_WORD] ?? 1);
      if (own.slots !== undefined)
        recent.put(own.slots, view, word + SLOTS_WORD, this.#values.numberOf(observed.value));
    }
  }

  /** Adds a row whose key is a UUID, and whose value has this number. */
  #addKnownRow(
    to: RowWriter,
    { uuidWord = 0, attachmentDouble }: Known,
    value: number,
    { words, doubles }: SlotView,
    word: number,
    line: number,
  ): void {
    const double = word / 2;
    const seconds = doubles[double + ROW.SECONDS_DOUBLE] ?? Number.NaN;
    const fraction = doubles[double + ROW.FRACTION_DOUBLE] ?? 0;
    const attachment = attachmentDouble === undefined ? Number.NaN : doubles[double + attachmentDouble];
    to.addUuid(words, word + uuidWord, line, seconds, fraction);
    this.#putNumbers(to, value, attachment ?? Number.NaN, words[word + ROW.COUNT_WORD] ?? 1);
  }

  #knownOf(number: number, pattern: EntryPattern): Known {
    const key = constantKey(pattern);
    const slot = uuidSlotOf(pattern);
    return {
      pattern,
      isFull: key !== undefined && this.#fullKeys?.has(key) === true,
      uuidWord: slot === undefined ? undefined : (ROW.SLOTS_BYTE + ROW.SLOT_BYTES * slot) / 4,
      slots: slot === undefined ? undefined : valueSlots(number, pattern),
      attachmentDouble: pattern.isAttached
        ? (ROW.SLOTS_BYTE + ROW.SLOT_BYTES * pattern.slots.length) / 8
        : undefined,
    };
  }

  batch(): Batch | undefined {
    if (!this.#isInOrder) this.#waiting.sort((a, b) => a.line - b.line);
    const written = new RowWriter(this.#rests, VALUE_WIDTH, this.#waiting.length);
    for (const { observed, line, count } of this.#waiting) this.#write(written, observed, line, count);
    if (written.count + (this.#known?.count ?? 0) === 0) return undefined;
    return {
      rule: this.#rule,
      rests: this.#rests.list,
      width: VALUE_WIDTH,
      own: written.rows,
      known: this.#known?.rows ?? NO_BYTES,
      values: this.#values.list,
    };
  }

  #write(to: RowWriter, { key, value, instant, attachment }: Observed, line: number, count: number): void {
    if (attachment !== undefined && typeof attachment !== "number")
      throw new TypeError("a number tells the deliveries of a value apart");
    this.#fullKeys?.add(key, value);
    to.add(key, line, instant);
    this.#putNumbers(to, this.#values.numberOf(value), attachment ?? Number.NaN, count);
  }

  #putNumbers(to: RowWriter, value: number, attachment: number, count: number): void {
    to.setNumber(0, value);
    to.setNumber(1, attachment);
    to.setNumber(2, count);
  }
}
