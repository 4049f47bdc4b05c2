import type { LogRule, Observation, Position } from "../model/rule.js";
import { PackedTable } from "./packed-table.js";

/** All observations of one log rule, grouped by key, each group in log order. */
export interface ObservationStore {
  /** Must be called in log order. */
  add(key: string, value: unknown, at: Position): void;
  /** The groups with at least `atLeast` observations, in the order of their first one. */
  groups(atLeast: number): Iterable<readonly [key: string, observations: readonly Observation<unknown>[]]>;
  /** How many keys there are. */
  readonly size: number;
}

export function storeFor(rule: LogRule): ObservationStore {
  return rule.store === "packed" ? new PackedStore() : new MapStore(rule);
}

/** Keeps anything, by the key's own string. */
class MapStore implements ObservationStore {
  readonly #combine: ((earlier: unknown, later: unknown) => unknown) | undefined;
  readonly #groups = new Map<string, Observation<unknown>[]>();

  constructor(rule: Pick<LogRule, "combine">) {
    this.#combine = rule.combine?.bind(rule);
  }

  get size(): number {
    return this.#groups.size;
  }

  add(key: string, value: unknown, at: Position): void {
    const group = this.#groups.get(key);
    const first = group?.[0];
    if (group === undefined || first === undefined) this.#groups.set(key, [{ value, at }]);
    else if (this.#combine === undefined) group.push({ value, at });
    else group[0] = { value: this.#combine(first.value, value), at: first.at };
  }

  *groups(atLeast: number): Generator<readonly [string, readonly Observation<unknown>[]]> {
    for (const entry of this.#groups) if (entry[1].length >= atLeast) yield entry;
  }
}

/**
 * Keeps one safe integer for each of many millions of UUIDs in typed arrays; only repeats, and keys
 * that are no UUIDs, take ordinary objects. UUIDs are the same whatever their case.
 */
class PackedStore implements ObservationStore {
  readonly #table = new PackedTable();
  readonly #repeats = new Map<number, Observation<number>[]>();
  readonly #others = new MapStore({});

  get size(): number {
    return this.#table.size + this.#others.size;
  }

  add(key: string, value: unknown, at: Position): void {
    if (typeof value !== "number") throw new TypeError("a packed store keeps safe integers only");
    const row = this.#table.insert(key, value, at);
    if (row === "inserted") return;
    if (row === "no-uuid") {
      this.#others.add(key, value, at);
      return;
    }
    const repeats = this.#repeats.get(row);
    if (repeats === undefined) this.#repeats.set(row, [{ value, at }]);
    else repeats.push({ value, at });
  }

  *groups(atLeast: number): Generator<readonly [string, readonly Observation<unknown>[]]> {
    const rows = atLeast < 2 ? this.#table.rows() : [...this.#repeats.keys()].sort((a, b) => a - b);
    for (const row of rows) {
      const observations = [this.#table.observation(row), ...(this.#repeats.get(row) ?? [])];
      if (observations.length >= atLeast) yield [this.#table.key(row), observations];
    }
    yield* this.#others.groups(atLeast);
  }
}
