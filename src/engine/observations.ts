import { createHash } from "node:crypto";
import type { Instant, LogRule, Observation, Position } from "../model/rule.js";
import { ColumnStore } from "./column-store.js";
import { comparePositions } from "./ledger.js";
import { PackedTable } from "./packed-table.js";

/** All observations of one log rule, grouped by key, each group in log order. */
export interface ObservationStore {
  /** Must be called in log order. */
  add(key: string, value: unknown, at: Position, instant?: Instant): void;
  /** The groups with at least `atLeast` observations, in the order of their first one. */
  groups(atLeast: number): Iterable<readonly [key: string, observations: readonly Observation<unknown>[]]>;
  /** How many keys there are. */
  readonly size: number;
}

export function storeFor(rule: LogRule): ObservationStore {
  if (rule.store === "packed") return new PackedStore();
  return rule.store === "columns" ? new NumberStore() : new MapStore(rule);
}

interface Group {
  readonly observations: Observation<unknown>[];
  /** How many values there were, also where they have been combined into one. */
  count: number;
  /** The values that are there, once they are too many to be looked through. */
  seen?: Set<unknown>;
}

const FEW_VALUES = 16;

function has(group: Group, value: unknown): boolean {
  if (group.observations.length <= FEW_VALUES)
    return group.observations.some((known) => known.value === value);
  group.seen ??= new Set(group.observations.map((known) => known.value));
  const { size } = group.seen;
  return group.seen.add(value).size === size;
}

type Entry = readonly [key: string, observations: readonly Observation<unknown>[]];

/** Keeps anything, by the key's own string. */
class MapStore implements ObservationStore {
  readonly #combine: ((earlier: unknown, later: unknown) => unknown) | undefined;
  readonly #isDistinct: boolean;
  readonly #groups = new Map<string, Group>();

  constructor(rule: Pick<LogRule, "combine" | "distinct">) {
    this.#combine = rule.combine?.bind(rule);
    this.#isDistinct = rule.distinct ?? false;
  }

  get size(): number {
    return this.#groups.size;
  }

  add(name: string, value: unknown, at: Position, instant?: Instant): void {
    const key = boundedKey(name);
    const group = this.#groups.get(key);
    const first = group?.observations[0];
    if (group === undefined || first === undefined) {
      this.#groups.set(key, { observations: [observationOf(value, at, instant)], count: 1 });
      return;
    }
    if (this.#isDistinct && has(group, value)) return;
    group.count++;
    if (this.#combine === undefined) group.observations.push(observationOf(value, at, instant));
    else group.observations[0] = { ...first, value: this.#combine(first.value, value) };
  }

  *groups(atLeast: number): Generator<Entry> {
    for (const [key, { observations, count }] of this.#groups)
      if (count >= atLeast) yield [key, observations];
  }
}

/**
 * Keeps one safe integer for each of many millions of UUIDs in typed arrays; only repeats, and keys
 * that are no UUIDs, take ordinary objects. UUIDs are the same whatever their case.
 */
class PackedStore implements ObservationStore {
  readonly #table = new PackedTable();
  readonly #repeats = new Map<number, Observation<number>[]>();
  readonly #others = new ColumnStore();

  get size(): number {
    return this.#table.size + this.#others.size;
  }

  add(key: string, value: unknown, at: Position): void {
    assertWhole(value);
    const row = this.#table.insert(key, value, at);
    if (row === "inserted") return;
    if (row === "no-uuid") {
      this.#others.add(boundedKey(key), value, at, undefined);
      return;
    }
    const repeats = this.#repeats.get(row);
    if (repeats === undefined) this.#repeats.set(row, [{ value, at }]);
    else repeats.push({ value, at });
  }

  groups(atLeast: number): Generator<Entry> {
    return inOrder(this.#packed(atLeast), this.#others.groups(atLeast));
  }

  *#packed(atLeast: number): Generator<Entry> {
    const rows = atLeast < 2 ? this.#table.rows() : [...this.#repeats.keys()].sort((a, b) => a - b);
    for (const row of rows) {
      const observations = [this.#table.observation(row), ...(this.#repeats.get(row) ?? [])];
      if (observations.length >= atLeast) yield [this.#table.key(row), observations];
    }
  }
}

const MAX_KEY_LENGTH = 128;
/** Makes the digest of a long key longer than any key that is kept as it is. */
const LONG_KEY = "long key with the digest ".padEnd(MAX_KEY_LENGTH, ".");

/** Keys are the sender's: one of a megabyte must not take a megabyte. */
function boundedKey(key: string): string {
  return key.length <= MAX_KEY_LENGTH
    ? key
    : `${LONG_KEY}${createHash("sha256").update(key, "utf16le").digest("hex")}`;
}

/** Small whole numbers with their instants, in columns. */
class NumberStore implements ObservationStore {
  readonly #columns = new ColumnStore();

  get size(): number {
    return this.#columns.size;
  }

  add(key: string, value: unknown, at: Position, instant?: Instant): void {
    assertWhole(value);
    this.#columns.add(boundedKey(key), value, at, instant);
  }

  groups(atLeast: number): Iterable<Entry> {
    return this.#columns.groups(atLeast);
  }
}

function assertWhole(value: unknown): asserts value is number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  throw new TypeError("this store keeps whole numbers from 0 to 2^53 - 1 only");
}

function observationOf(value: unknown, at: Position, instant?: Instant): Observation<unknown> {
  return instant === undefined ? { value, at } : { value, at, instant };
}

/** Merges two sequences of groups, each in the order of their first observations. */
function* inOrder(left: Generator<Entry>, right: Generator<Entry>): Generator<Entry> {
  let [a, b] = [left.next(), right.next()];
  while (a.done !== true && b.done !== true) {
    const [first, second] = [a.value[1][0], b.value[1][0]];
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
