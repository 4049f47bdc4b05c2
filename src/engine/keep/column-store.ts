import type { Group } from "../../model/group.js";
import { ROW } from "../../model/kinds.js";
import type { Read } from "../../model/source.js";
import { EncodedRests } from "../memory/encoded-rests.js";
import { KeyTable } from "../memory/key-table.js";
import type { EncodedRest } from "../memory/key-words.js";
import type { Batch } from "./batch.js";
import { ObservationChains } from "./chains.js";
import { runsOf } from "./row-runs.js";
import { type RowView, SLOTS_WORD } from "./row-view.js";
import type { Entry, ObservationStore } from "./store.js";

/** Observations of numbers, or of lists of `width` numbers, grouped by key, in typed arrays. */
export class ColumnStore implements ObservationStore {
  readonly #keys = new KeyTable();
  readonly #rests = new EncodedRests();
  readonly #chains: ObservationChains;

  constructor(width = 1) {
    this.#chains = new ObservationChains(this.#keys, width);
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  get size(): number {
    return this.#keys.size;
  }

  get bytes(): number {
    return this.#keys.bytes + this.#chains.bytes;
  }

  get heapBytes(): number {
    return this.#chains.heapBytes;
  }

  take(batch: Batch, input: number, firstLine: number): void {
    if (!("attachments" in batch)) throw new TypeError("this store keeps rows");
    const rests = this.#rests.of(batch.rests);
    for (const { view, from, end, isOwn } of runsOf(batch)) {
      const attachments = isOwn ? batch.attachments : NO_ATTACHMENTS;
      for (let row = from; row < end; row++) {
        if (attachments.size > 0 && attachments.has(row)) this.#chains.attachNext(attachments.get(row));
        this.takeRow(view, row, rests, input, firstLine);
      }
    }
  }

  /** Takes in one row. */
  takeRow(view: RowView, row: number, rests: readonly EncodedRest[], input: number, firstLine: number): void {
    const { words } = view;
    const word = row * view.wordsApart;
    const rest = rests[words[word + ROW.PATTERN_WORD] ?? 0];
    if (rest === undefined) throw new RangeError("a row has no key");
    const key = this.#keys.place(rest, words, word + SLOTS_WORD);
    this.#chains.append(key, view, row, input, firstLine + (words[word] ?? 0));
  }

  *groups(atLeast: number, read?: Read): Generator<Entry> {
    for (const place of this.#keys.places())
      if (this.#keys.rowCount(place) >= atLeast) yield new ColumnEntry(place, this.#keys, this.#chains, read);
  }
}

const NO_ATTACHMENTS: ReadonlyMap<number, unknown> = new Map();

class ColumnEntry implements Entry {
  readonly number: number;
  readonly #keys: KeyTable;
  readonly #chains: ObservationChains;
  readonly #read: Read | undefined;

  constructor(number: number, keys: KeyTable, chains: ObservationChains, read: Read | undefined) {
    this.number = number;
    this.#keys = keys;
    this.#chains = chains;
    this.#read = read;
  }

  get key(): string {
    return this.#keys.key(this.number);
  }

  get observations(): Group<unknown> {
    return this.#chains.chain(this.number, this.#read);
  }

  course(facts: number): number | undefined {
    return this.#chains.course(this.number, facts);
  }
}
