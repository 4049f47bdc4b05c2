import { ROW } from "../../model/kinds.js";
import type { Observation } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import { boundedKey } from "../memory/bounded-key.js";
import { EncodedRests } from "../memory/encoded-rests.js";
import { KeyTable, NO_ROW } from "../memory/key-table.js";
import { encodedRest } from "../memory/key-words.js";
import { numberAt, wordAt } from "../memory/number-at.js";
import { NumberedValues } from "../memory/numbered-values.js";
import { leadingUuids, UUID_LENGTH, UUIDS_WORDS } from "../memory/uuid-words.js";
import type { Batch } from "./batch.js";
import { runsOf } from "./row-runs.js";
import { NUMBERS_DOUBLE, SLOTS_WORD } from "./row-view.js";
import type { Entry, ObservationStore } from "./store.js";
import { type KeptValues, ValueEntry } from "./value-entry.js";
import { type ValueRow, ValueRows } from "./value-rows.js";

/** Keys with more values than this have an index of their rows. */
const FEW_VALUES = 16;
/** What an index takes in V8 for each value. */
const INDEX_BYTES = 40;

/**
 * Keeps the first observation of each value of a key. A value is kept once, however many keys have it; an observation
 * takes 48 bytes.
 */
export class ValueStore implements ObservationStore {
  readonly #kept: KeptValues = { keys: new KeyTable(), rows: new ValueRows(), values: new NumberedValues() };
  readonly #rests = new EncodedRests();
  readonly #atMost: number;
  /** The rows of keys with many values, by the numbers of these. */
  readonly #indexes = new Map<number, Map<number, number>>();
  #indexed = 0;

  /** @param atMost how many values of a key are kept, the first of the log */
  constructor(atMost = Number.POSITIVE_INFINITY) {
    this.#atMost = atMost;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  get size(): number {
    return this.#kept.keys.size;
  }

  get bytes(): number {
    return this.#kept.keys.bytes + this.#kept.rows.bytes + this.heapBytes;
  }

  get heapBytes(): number {
    return this.#kept.values.bytes + INDEX_BYTES * this.#indexed;
  }

  take(batch: Batch, input: number, firstLine: number): void {
    if (!("values" in batch)) throw new TypeError("this store keeps values");
    const rests = this.#rests.of(batch.rests);
    // Made once: there are hundreds of thousands of rows.
    const row: ValueRow = { value: 0, line: 0, input, count: 1, attachment: 0, seconds: 0, fraction: 0 };
    for (const { view, from, end } of runsOf(batch)) {
      const { words, doubles, wordsApart } = view;
      for (let word = from * wordsApart; word < end * wordsApart; word += wordsApart) {
        const double = word / 2;
        const rest = rests[words[word + ROW.PATTERN_WORD] ?? 0];
        if (rest === undefined) throw new RangeError("a row has no key");
        row.line = firstLine + wordAt(words, word + ROW.LINE_WORD);
        row.seconds = numberAt(doubles, double + ROW.SECONDS_DOUBLE);
        row.fraction = numberAt(doubles, double + ROW.FRACTION_DOUBLE);
        row.attachment = numberAt(doubles, double + NUMBERS_DOUBLE + 1);
        row.count = numberAt(doubles, double + NUMBERS_DOUBLE + 2);
        const key = this.#kept.keys.place(rest, words, word + SLOTS_WORD);
        this.#keep(key, batch.values[numberAt(doubles, double + NUMBERS_DOUBLE)], row);
      }
    }
  }

  #keep(key: number, value: unknown, row: ValueRow): void {
    const { keys, rows, values } = this.#kept;
    const number = values.find(value);
    const known = number === undefined ? NO_ROW : this.#rowOf(key, number);
    if (known !== NO_ROW) {
      rows.add(known, row);
      return;
    }
    const count = keys.rowCount(key);
    if (count >= this.#atMost) return;
    row.value = values.numberOf(value);
    const added = rows.append(row, keys.lastRow(key) + 1);
    keys.addRow(key, added);
    if (count >= FEW_VALUES) this.#index(key, row.value, added);
  }

  /** The row of a value of a key; NO_ROW if there is none. */
  #rowOf(key: number, value: number): number {
    const index = this.#indexes.get(key);
    if (index !== undefined) return index.get(value) ?? NO_ROW;
    const { keys, rows } = this.#kept;
    let row = keys.lastRow(key);
    while (row !== NO_ROW && rows.valueOf(row) !== value) row = rows.before(row);
    return row;
  }

  /** Adds a row to the index of its key, which is made of those that came before. */
  #index(key: number, value: number, row: number): void {
    const { rows } = this.#kept;
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = new Map();
      for (let earlier = rows.before(row); earlier !== NO_ROW; earlier = rows.before(earlier))
        index.set(rows.valueOf(earlier), earlier);
      this.#indexes.set(key, index);
      this.#indexed += index.size;
    }
    index.set(value, row);
    this.#indexed++;
  }

  *groups(atLeast: number, read?: Read): Generator<Entry> {
    for (const place of this.#kept.keys.places())
      if (this.#kept.keys.rowCount(place) >= atLeast) yield new ValueEntry(place, this.#kept, read);
  }

  of(key: string, read?: Read): readonly Observation<unknown>[] {
    const words = new Uint32Array(UUIDS_WORDS);
    const bounded = boundedKey(key);
    const uuids = leadingUuids(bounded, words, 0);
    const place = this.#kept.keys.find(encodedRest(uuids, bounded.slice(uuids * UUID_LENGTH)), words, 0);
    return place === undefined ? [] : [...new ValueEntry(place, this.#kept, read).observations];
  }
}
