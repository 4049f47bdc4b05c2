import { type Group, viewOf } from "../../model/group.js";
import { ROW } from "../../model/kinds.js";
import type { Observation } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import { comparePositions } from "../ledger.js";
import { UuidTable } from "../memory/uuid-table.js";
import type { Batch } from "./batch.js";
import { ObservationChains } from "./chains.js";
import { ColumnStore, encoded } from "./column-store.js";
import { NUMBERS_DOUBLE, SLOTS_WORD, viewOfRows } from "./row-view.js";
import type { Entry, ObservationStore } from "./store.js";

/** So few repeats are made at once: that takes less than a view of them. */
const FEW = 8;

/**
 * Keeps one safe integer for each of many millions of UUIDs, and for each of their repeats, in typed
 * arrays. Keys that are no UUIDs in lower case take more.
 */
export class UuidStore implements ObservationStore {
  readonly #table = new UuidTable();
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
    if (!("rows" in batch)) throw new TypeError("this store keeps UUIDs");
    const rests = batch.rests.map(encoded);
    const isUuid = batch.rests.map(({ uuids, text }) => uuids === 1 && text === "");
    const view = viewOfRows(batch);
    const { words, doubles, wordsApart, doublesApart, count } = view;
    for (let row = 0; row < count; row++) {
      const word = row * wordsApart;
      if (isUuid[words[word + ROW.PATTERN_WORD] ?? 0] !== true) {
        this.#others.takeRow(view, row, rests, input, firstLine);
        continue;
      }
      const value = doubles[row * doublesApart + NUMBERS_DOUBLE] ?? 0;
      this.#add(words, word + SLOTS_WORD, value, input, firstLine + (words[word] ?? 0));
    }
  }

  #add(words: Uint32Array, from: number, value: number, input: number, line: number): void {
    if (value < 0) throw new TypeError("this rule keeps whole numbers from 0 only");
    const { size } = this.#table;
    const row = this.#table.insert(words, from, value, input, line);
    if (row < size) this.#repeats.appendNumber(row, value, input, line);
  }

  groups(atLeast: number, read?: Read): Generator<Entry> {
    return inOrder(this.#ofUuids(atLeast, read), this.#ofOthers(atLeast, read));
  }

  *#ofUuids(atLeast: number, read: Read | undefined): Generator<Entry> {
    for (let row = 0; row < this.#table.size; row++)
      if (1 + this.#repeats.count(row) >= atLeast)
        yield new UuidEntry(row, this.#table, () => this.#group(row, read));
  }

  /** Their numbers go on behind those of the UUIDs. */
  *#ofOthers(atLeast: number, read: Read | undefined): Generator<Entry> {
    for (const { number, key, observations } of this.#others.groups(atLeast, read))
      yield { number: this.#table.size + number, key, observations };
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

class UuidEntry implements Entry {
  readonly number: number;
  readonly #table: UuidTable;
  readonly #group: () => Group<unknown>;

  constructor(row: number, table: UuidTable, group: () => Group<unknown>) {
    this.number = row;
    this.#table = table;
    this.#group = group;
  }

  get key(): string {
    return this.#table.key(this.number);
  }

  get observations(): Group<unknown> {
    return this.#group();
  }
}

function readAs({ value, at }: Observation<number>, read: Read | undefined): Observation<unknown> {
  return { value: read === undefined ? value : read(value, undefined), at };
}

/** Merges two sequences of groups, each in the order of their first observations. */
function* inOrder(left: Generator<Entry>, right: Generator<Entry>): Generator<Entry> {
  let [a, b] = [left.next(), right.next()];
  while (a.done !== true && b.done !== true) {
    const [first, second] = [a.value.observations.at(0), b.value.observations.at(0)];
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
