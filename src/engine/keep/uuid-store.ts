import { type Group, viewOf } from "../../model/group.js";
import type { Observation } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import { comparePositions } from "../ledger.js";
import { PackedTable } from "../memory/uuid-table.js";
import type { Batch } from "./batch.js";
import { ObservationChains } from "./chains.js";
import { ColumnStore } from "./column-store.js";
import type { Entry, ObservationStore } from "./store.js";

/** So few repeats are made at once: that takes less than a view of them. */
const FEW = 8;

/**
 * Keeps one safe integer for each of many millions of UUIDs, and for each of their repeats, in typed
 * arrays. UUIDs are the same whatever their case; keys that are no UUIDs take more.
 */
export class PackedStore implements ObservationStore {
  readonly #table = new PackedTable();
  readonly #repeats = new ObservationChains(1);
  readonly #others = new ColumnStore();

  get size(): number {
    return this.#table.size + this.#others.size;
  }

  get bytes(): number {
    return this.#table.bytes + this.#repeats.bytes + this.#others.bytes;
  }

  get heapBytes(): number {
    return 0;
  }

  take(batch: Batch, input: number, firstLine: number): void {
    if (!("words" in batch)) throw new TypeError("this store keeps UUIDs");
    const { words, values, lines, others } = batch;
    for (let row = 0; row < lines.length; row++)
      this.#add(words, row * 4, values[row] ?? 0, input, firstLine + (lines[row] ?? 0));
    this.#others.takeColumns(others, input, firstLine);
  }

  #add(words: Uint32Array, from: number, value: number, input: number, line: number): void {
    const { size } = this.#table;
    const row = this.#table.insert(words, from, value, input, line);
    if (row < size) this.#repeats.append(row, value, input, line);
  }

  groups(atLeast: number, read?: Read): Generator<Entry> {
    return inOrder(this.#packed(atLeast, read), this.#others.groups(atLeast, read));
  }

  *#packed(atLeast: number, read: Read | undefined): Generator<Entry> {
    for (let row = 0; row < this.#table.size; row++) {
      if (1 + this.#repeats.count(row) >= atLeast) yield [this.#table.key(row), this.#group(row, read)];
    }
  }

  #group(row: number, read: Read | undefined): Group<unknown> {
    const first = readAs(this.#table.observation(row), read);
    const count = this.#repeats.count(row);
    if (count === 0) return [first];
    const repeats = this.#repeats.chain(row, read);
    if (count < FEW) return [first, ...repeats];
    const indexes = new Uint32Array(1 + repeats.length).map((_, index) => index);
    return viewOf<unknown>(indexes, (index) => (index === 0 ? first : repeats.at(index - 1)) ?? first);
  }
}

function readAs({ value, at }: Observation<number>, read: Read | undefined): Observation<unknown> {
  return { value: read === undefined ? value : read(value, undefined), at };
}

/** Merges two sequences of groups, each in the order of their first observations. */
function* inOrder(left: Generator<Entry>, right: Generator<Entry>): Generator<Entry> {
  let [a, b] = [left.next(), right.next()];
  while (a.done !== true && b.done !== true) {
    const [first, second] = [a.value[1].at(0), b.value[1].at(0)];
    if (first === undefined || second === undefined || comparePositions(first.at, second.at) <= 0) {
      yield a.value;
      a = left.next();
    } else {
      yield b.value;
      b = right.next();
    }
  }
  for (; a.done !== true; a = left.next()) yield a.value;
  for (; b.done !== true; b = right.next()) yield b.value;
}
