import { type Group, viewOf } from "../model/group.js";
import type { Instant, Position } from "../model/rule.js";
import { boundedKey } from "./bounded-key.js";
import { ColumnStore } from "./column-store.js";
import { comparePositions } from "./ledger.js";
import { ObservationChains } from "./observation-chains.js";
import type { Entry, ObservationStore } from "./observation-store.js";
import { PackedTable } from "./packed-table.js";

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

  add(name: string, value: unknown, at: Position, _instant?: Instant): void {
    this.put(boundedKey(name), value, at);
  }

  put(key: string, value: unknown, at: Position, _instant?: Instant): void {
    assertWhole(value);
    const row = this.#table.insert(key, value, at);
    if (row === "inserted") return;
    if (row === "no-uuid") this.#others.put(key, value, at);
    else this.#repeats.append(row, value, at);
  }

  groups(atLeast: number): Generator<Entry> {
    return inOrder(this.#packed(atLeast), this.#others.groups(atLeast));
  }

  *#packed(atLeast: number): Generator<Entry> {
    for (let row = 0; row < this.#table.size; row++) {
      if (1 + this.#repeats.count(row) >= atLeast) yield [this.#table.key(row), this.#group(row)];
    }
  }

  #group(row: number): Group<unknown> {
    if (this.#repeats.count(row) === 0) return [this.#table.observation(row)];
    const repeats = this.#repeats.chain(row);
    return viewOf<unknown>(
      1 + repeats.length,
      (index) => (index === 0 ? undefined : repeats.at(index - 1)) ?? this.#table.observation(row),
    );
  }
}

function assertWhole(value: unknown): asserts value is number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  throw new TypeError("this store keeps whole numbers from 0 to 2^53 - 1 only");
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
