import type { Instant, Position } from "../model/rule.js";
import { boundedKey } from "./bounded-key.js";
import { KeyTable } from "./key-table.js";
import { ObservationChains } from "./observation-chains.js";
import type { Entry, ObservationStore } from "./observation-store.js";

/** Observations of numbers, or of lists of `width` numbers, grouped by key, in typed arrays. */
export class ColumnStore implements ObservationStore {
  readonly #keys = new KeyTable();
  readonly #chains: ObservationChains;
  readonly #width: number;

  constructor(width = 1) {
    this.#width = width;
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

  add(name: string, value: unknown, at: Position, instant?: Instant, attachment?: unknown): void {
    this.put(boundedKey(name), value, at, instant, attachment);
  }

  put(key: string, value: unknown, at: Position, instant?: Instant, attachment?: unknown): void {
    assertNumbers(value, this.#width);
    this.#chains.append(this.#keys.number(key), value, at, instant, attachment);
  }

  *groups(atLeast: number): Generator<Entry> {
    for (let number = 0; number < this.#keys.size; number++) {
      if (this.#chains.count(number) >= atLeast) yield [this.#keys.key(number), this.#chains.chain(number)];
    }
  }
}

function assertNumbers(value: unknown, width: number): asserts value is number | readonly number[] {
  const numbers: unknown[] = Array.isArray(value) ? value : [value];
  if (
    numbers.length === width &&
    numbers.every((number) => typeof number === "number" && Number.isSafeInteger(number))
  )
    return;
  throw new TypeError(`this store keeps ${width} whole number${width === 1 ? "" : "s"} up to 2^53 - 1`);
}
