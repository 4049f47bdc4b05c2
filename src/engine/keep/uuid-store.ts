import { type Group, viewOf } from "../../model/group.js";
import { ROW } from "../../model/kinds.js";
import type { Observation, Position } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import { comparePositions, NOWHERE } from "../ledger.js";
import { EncodedRests } from "../memory/encoded-rests.js";
import { REPEATS_BYTES, type Repeats, repeatsAmong } from "../memory/repeats.js";
import { UuidRows } from "../memory/uuid-rows.js";
import type { Batch } from "./batch.js";
import { ColumnStore } from "./column-store.js";
import { runsOf } from "./row-runs.js";
import { NUMBERS_DOUBLE, SLOTS_WORD } from "./row-view.js";
import type { Entry, ObservationStore } from "./store.js";

/** So few observations are made at once: that takes less than a view of them. */
const FEW = 8;

/**
 * Keeps one safe integer for each of many millions of UUIDs, and for each of their repeats, in typed
 * arrays. Keys that are no UUIDs in lower case take more.
 */
export class UuidStore implements ObservationStore {
  readonly #rows = new UuidRows();
  readonly #others = new ColumnStore();
  readonly #rests = new EncodedRests();
  /** Of all rows; undefined once there are others. */
  #repeats: Repeats | undefined;

  get isEmpty(): boolean {
    return this.#rows.size === 0 && this.#others.isEmpty;
  }

  get size(): number {
    return this.#rows.size - this.#arranged().count + this.#others.size;
  }

  get bytes(): number {
    return this.#rows.bytes + this.#rows.size * REPEATS_BYTES + this.#others.bytes;
  }

  get heapBytes(): number {
    return 0;
  }

  take(batch: Batch, input: number, firstLine: number): void {
    if (!("attachments" in batch)) throw new TypeError("this store keeps UUIDs");
    this.#repeats = undefined;
    const rests = this.#rests.of(batch.rests);
    const isUuid = batch.rests.map(({ uuids, text }) => uuids === 1 && text === "");
    for (const { view, from, end } of runsOf(batch)) {
      const { words, wordsApart } = view;
      for (let row = from, word = from * wordsApart; row < end; row++, word += wordsApart) {
        const line = firstLine + (words[word + ROW.LINE_WORD] ?? 0);
        if (isUuid[words[word + ROW.PATTERN_WORD] ?? 0] === true)
          this.#rows.append(words, word + SLOTS_WORD, word + 2 * NUMBERS_DOUBLE, input, line);
        else this.#others.takeRow(view, row, rests, input, firstLine);
      }
    }
  }

  *arrange(): Generator<undefined> {
    this.#repeats ??= yield* repeatsAmong(this.#rows);
  }

  groups(atLeast: number, read?: Read): Generator<Entry> {
    return inOrder(this.#ofUuids(atLeast, read), this.#ofOthers(atLeast, read));
  }

  *#ofUuids(atLeast: number, read: Read | undefined): Generator<Entry> {
    const repeats = this.#arranged();
    if (atLeast > 1 && repeats.count === 0) return;
    for (let row = 0; row < this.#rows.size; row++) {
      if (repeats.isRepeat(row)) continue;
      const entry = new UuidEntry(row, this.#rows, repeats, read);
      if (atLeast === 1 || entry.count >= atLeast) yield entry;
    }
  }

  /** Their numbers go on after those of the UUIDs. */
  *#ofOthers(atLeast: number, read: Read | undefined): Generator<Entry> {
    for (const { number, key, observations } of this.#others.groups(atLeast, read))
      yield { number: this.#rows.size + number, key, observations };
  }

  #arranged(): Repeats {
    const steps = this.arrange();
    while (this.#repeats === undefined) steps.next();
    return this.#repeats;
  }
}

class UuidEntry implements Entry {
  readonly number: number;
  readonly #rows: UuidRows;
  readonly #repeats: Repeats;
  readonly #read: Read | undefined;

  constructor(row: number, rows: UuidRows, repeats: Repeats, read: Read | undefined) {
    this.number = row;
    this.#rows = rows;
    this.#repeats = repeats;
    this.#read = read;
  }

  get key(): string {
    return this.#rows.key(this.number);
  }

  /** Number of observations. */
  get count(): number {
    let count = 0;
    for (let row: number | undefined = this.number; row !== undefined; row = this.#repeats.next(row)) count++;
    return count;
  }

  get observations(): Group<unknown> {
    const { count } = this;
    if (count > FEW)
      return viewOf(
        count,
        () => this.#rowsOf(count),
        (row) => this.#at(row),
      );
    const list: Observation<unknown>[] = [];
    for (let row: number | undefined = this.number; row !== undefined; row = this.#repeats.next(row))
      list.push(this.#at(row));
    return list;
  }

  #rowsOf(count: number): Uint32Array {
    const rows = new Uint32Array(count);
    let place = 0;
    for (let row: number | undefined = this.number; row !== undefined; row = this.#repeats.next(row))
      rows[place++] = row;
    return rows;
  }

  #at(row: number): Observation<unknown> {
    const { value, at } = this.#rows.observation(row);
    return { value: this.#read === undefined ? value : this.#read(value, undefined), at };
  }
}

/** Merges two sequences of groups, each in the order of their first observations. */
function* inOrder(left: Generator<Entry>, right: Generator<Entry>): Generator<Entry> {
  let [a, b] = [nextOf(left), nextOf(right)];
  while (a !== undefined && b !== undefined) {
    if (comparePositions(a.first, b.first) <= 0) {
      yield a.entry;
      a = nextOf(left);
    } else {
      yield b.entry;
      b = nextOf(right);
    }
  }
  for (; a !== undefined; a = nextOf(left)) yield a.entry;
  for (; b !== undefined; b = nextOf(right)) yield b.entry;
}

/** The next group, and where it comes first: that is asked once, for a group may have millions of observations. */
function nextOf(entries: Generator<Entry>): { readonly entry: Entry; readonly first: Position } | undefined {
  const { done, value: entry } = entries.next();
  return done === true ? undefined : { entry, first: entry.observations.at(0)?.at ?? NOWHERE };
}
