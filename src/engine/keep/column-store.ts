import type { Read } from "../../model/source.js";
import { KeyTable } from "../memory/key-table.js";
import type { Batch, ColumnBatch } from "./batch.js";
import { ObservationChains } from "./chains.js";
import type { Entry, ObservationStore } from "./store.js";

/** Observations of numbers, or of lists of `width` numbers, grouped by key, in typed arrays. */
export class ColumnStore implements ObservationStore {
  readonly #keys = new KeyTable();
  readonly #chains: ObservationChains;

  constructor(width = 1) {
    this.#chains = new ObservationChains(width);
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
    if (!("owners" in batch)) throw new TypeError("this store keeps columns");
    this.takeColumns(batch, input, firstLine);
  }

  takeColumns(batch: ColumnBatch, input: number, firstLine: number): void {
    const owners = batch.keys.map((key) => this.#keys.number(key));
    this.#chains.appendRows(owners, batch, input, firstLine);
  }

  *groups(atLeast: number, read?: Read): Generator<Entry> {
    for (let number = 0; number < this.#keys.size; number++) {
      if (this.#chains.count(number) >= atLeast)
        yield [this.#keys.key(number), this.#chains.chain(number, read)];
    }
  }
}
