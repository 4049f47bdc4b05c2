import type { Observation } from "../../model/rule.js";
import type { Observed, Storage } from "../../model/source.js";
import { isAnother } from "../memory/is-another.js";
import { doubleList, wordList } from "../memory/number-list.js";
import { readUuid } from "../memory/uuid-words.js";
import type { Batch, BatchEntry, ColumnBatch } from "./batch.js";

/** Gathers what one block shows to a log rule, by bounded keys, in the shape that the rule's store takes in fastest. */
export interface Collector {
  /**
   * @param line counted from the block's first
   * @param count how many observations were summed up in this one, for rules that sum them up; default: 1
   */
  add(observed: Observed, line: number, count?: number): void;
  /** Undefined where nothing was observed. */
  batch(): Batch | undefined;
}

/** @param rule the id of the first of the rules that name the source */
export function collectorFor(rule: string, source: Storage): Collector {
  if (source.store === "packed") return new UuidCollector(rule);
  return source.store === "columns"
    ? new ColumnCollector(rule, source.width)
    : new EntryCollector(rule, source);
}

class UuidCollector implements Collector {
  readonly #rule: string;
  readonly #words = wordList();
  readonly #values = doubleList();
  readonly #lines = wordList();
  readonly #others: ColumnCollector;

  constructor(rule: string) {
    this.#rule = rule;
    this.#others = new ColumnCollector(rule);
  }

  add(observed: Observed, line: number): void {
    const { key, value } = observed;
    if (!readUuid(key, this.#words)) {
      this.#others.add(observed, line);
      return;
    }
    if (wholeNumber(value) < 0) throw new TypeError("this rule keeps whole numbers from 0 only");
    this.#values.push(wholeNumber(value));
    this.#lines.push(line);
  }

  batch(): Batch | undefined {
    const others = this.#others.columns();
    if (this.#lines.length + others.lines.length === 0) return undefined;
    return {
      rule: this.#rule,
      words: this.#words.toArray(),
      values: this.#values.toArray(),
      lines: this.#lines.toArray(),
      others,
    };
  }
}

class ColumnCollector implements Collector {
  readonly #rule: string;
  readonly #width: number;
  readonly #numbers = new Map<string, number>();
  readonly #owners = wordList();
  readonly #values = doubleList();
  readonly #lines = wordList();
  readonly #seconds = doubleList();
  readonly #fractions = doubleList();
  readonly #attachments = new Map<number, unknown>();
  /** The key that came last, and its number: it often comes again. */
  #lastKey = "";
  #lastOwner = -1;

  constructor(rule: string, width = 1) {
    this.#rule = rule;
    this.#width = width;
  }

  add({ key, value, instant, attachment }: Observed, line: number): void {
    if (attachment !== undefined) this.#attachments.set(this.#lines.length, attachment);
    this.#owners.push(this.#ownerOf(key));
    this.#addValue(value);
    this.#lines.push(line);
    this.#seconds.push(instant === undefined ? Number.NaN : instant.seconds);
    this.#fractions.push(instant === undefined ? 0 : instant.fraction);
  }

  #ownerOf(key: string): number {
    if (this.#lastOwner >= 0 && key === this.#lastKey) return this.#lastOwner;
    const known = this.#numbers.get(key);
    this.#lastOwner = known ?? this.#numbers.size;
    if (known === undefined) this.#numbers.set(key, this.#lastOwner);
    this.#lastKey = key;
    return this.#lastOwner;
  }

  #addValue(value: unknown): void {
    if (this.#width === 1 && typeof value === "number") {
      this.#values.push(wholeNumber(value));
      return;
    }
    if (!Array.isArray(value) || value.length !== this.#width)
      throw new TypeError(`this rule keeps ${this.#width} numbers an observation`);
    for (const number of value) this.#values.push(wholeNumber(number));
  }

  columns(): ColumnBatch {
    return {
      keys: [...this.#numbers.keys()],
      owners: this.#owners.toArray(),
      values: this.#values.toArray(),
      lines: this.#lines.toArray(),
      seconds: this.#seconds.toArray(),
      fractions: this.#fractions.toArray(),
      attachments: this.#attachments,
    };
  }

  batch(): Batch | undefined {
    return this.#lines.length === 0 ? undefined : { rule: this.#rule, ...this.columns() };
  }
}

interface Gathered {
  observation: Observation<unknown>;
  count: number;
}

const NOWHERE = -1;

class EntryCollector implements Collector {
  readonly #rule: string;
  readonly #source: Storage;
  readonly #summed = new Map<string, Gathered>();
  readonly #entries: BatchEntry[] = [];
  /** The values that each key has had in this block, where only the first of each matters, by their entries. */
  readonly #seen = new Map<string, Map<unknown, number>>();
  /** The entry that came last: it often comes again. */
  #last = NOWHERE;

  constructor(rule: string, source: Storage) {
    this.#rule = rule;
    this.#source = source;
  }

  add(observed: Observed, line: number, count = 1): void {
    const { keeps, combine } = this.#source;
    if (keeps === "first" || combine !== undefined) this.#sum(observed, line, count);
    else if (keeps === undefined) this.#entries.push(entryOf(observed, line, count));
    else this.#keepFirst(observed, line, count);
  }

  #keepFirst(observed: Observed, line: number, count: number): void {
    const index = this.#indexOf(observed);
    if (index === NOWHERE) return;
    this.#last = index;
    const first = this.#entries[this.#last];
    if (first === undefined) this.#entries.push(entryOf(observed, line, count));
    else if (isAnother(first, count, observed.attachment)) this.#entries[this.#last] = { ...first, count: 2 };
  }

  /** The place of the entry with the same key and value, or of a new one; NOWHERE where its key has enough. */
  #indexOf({ key, value }: Observed): number {
    const last = this.#entries[this.#last];
    if (last?.key === key && last.value === value) return this.#last;
    const seen = this.#seen.get(key) ?? new Map<unknown, number>();
    if (seen.size === 0) this.#seen.set(key, seen);
    const known = seen.get(value);
    if (known !== undefined) return known;
    // Those that come later in the block come later in the log.
    if (seen.size >= (this.#source.keepsAtMost ?? Number.POSITIVE_INFINITY)) return NOWHERE;
    seen.set(value, this.#entries.length);
    return this.#entries.length;
  }

  #sum(observed: Observed, line: number, count: number): void {
    const { key, value, instant } = observed;
    const earlier = this.#summed.get(key);
    if (earlier !== undefined && this.#source.combine === undefined) {
      earlier.count += count;
      return;
    }
    const at = { input: 0, line };
    const own: Observation<unknown> = instant === undefined ? { value, at } : { value, at, instant };
    if (earlier === undefined) {
      this.#summed.set(key, { observation: own, count });
      return;
    }
    earlier.count += count;
    earlier.observation = this.#source.combine?.(earlier.observation, own) ?? own;
  }

  batch(): Batch | undefined {
    for (const [key, { observation, count }] of this.#summed) {
      const { at, value, instant } = observation;
      this.#entries.push({ key, value, line: at.line, count, ...(instant !== undefined && { instant }) });
    }
    return this.#entries.length === 0 ? undefined : { rule: this.#rule, entries: this.#entries };
  }
}

function entryOf({ key, value, instant, attachment }: Observed, line: number, count: number): BatchEntry {
  return {
    key,
    value,
    line,
    count,
    ...(instant !== undefined && { instant }),
    ...(attachment !== undefined && { attachment }),
  };
}

function wholeNumber(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new TypeError("this rule keeps whole numbers up to 2^53 - 1 only");
}
