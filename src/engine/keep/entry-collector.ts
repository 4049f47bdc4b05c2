import { ROW } from "../../model/kinds.js";
import type { Observation } from "../../model/rule.js";
import type { Observed, Storage } from "../../model/source.js";
import { isAnother } from "../memory/is-another.js";
import type { Batch, BatchEntry } from "./batch.js";
import type { Collector, KnownRows } from "./collector.js";
import type { FullKeys } from "./full-keys.js";
import { constantKey, observedIn, type Patterns } from "./patterns.js";

interface Gathered {
  observation: Observation<unknown>;
  count: number;
}

/** An observation that waits for its turn. */
interface Waiting {
  readonly observed: Observed;
  readonly line: number;
  readonly count: number;
  /** The first line that it stands for. */
  readonly first: number;
}

const NOWHERE = -1;

/** Gathers anything by key. What the scanner has seen comes last and is gathered in the order of its first lines. */
export class EntryCollector implements Collector {
  readonly #rule: string;
  readonly #source: Storage;
  readonly #fullKeys: FullKeys | undefined;
  readonly #waiting: Waiting[] = [];
  readonly #summed = new Map<string, Gathered>();
  readonly #entries: BatchEntry[] = [];
  /** The values that each key has had in this block, where only the first of each matters, by their entries. */
  readonly #seen = new Map<string, Map<unknown, number>>();
  #isInOrder = true;
  /** The entry that came last: it often comes again. */
  #last = NOWHERE;

  constructor(rule: string, source: Storage, fullKeys?: FullKeys) {
    this.#rule = rule;
    this.#source = source;
    this.#fullKeys = fullKeys;
  }

  add(observed: Observed, line: number, count = 1): void {
    if (this.#fullKeys?.has(observed.key) === true) return;
    this.#waiting.push({ observed, line, count, first: line });
  }

  addKnown(observed: Observed, line: number, count: number): void {
    this.#isInOrder = false;
    // That a value came again counts only if something tells the two apart.
    this.add(observed, line, this.#source.keeps === "first-of-each-value" ? 1 : count);
  }

  addRows({ size, count, buffer, patterns, textAt, placeOf }: KnownRows): void {
    const view = { words: new Uint32Array(buffer), doubles: new Float64Array(buffer) };
    const { words } = view;
    this.#isInOrder = false;
    const isFull = this.#fullPatterns(patterns);
    for (let word = 0, row = 0; row < count; row++, word += size / 4) {
      const number = words[word + ROW.PATTERN_WORD] ?? 0;
      if (isFull?.(number) === true) continue;
      const pattern = patterns.entryPattern(number);
      this.#waiting.push({
        observed: observedIn(pattern, view, word, textAt),
        line: placeOf(words[word + ROW.LINE_WORD] ?? 0),
        count: words[word + ROW.COUNT_WORD] ?? 1,
        first: placeOf(words[word + ROW.FIRST_WORD] ?? 0),
      });
    }
  }

  /** Tells patterns of full keys without making their observations. */
  #fullPatterns(patterns: Patterns): ((pattern: number) => boolean) | undefined {
    const fullKeys = this.#fullKeys;
    if (fullKeys === undefined) return undefined;
    const known: boolean[] = [];
    return (number) => {
      const isFull = known[number] ?? isFullKey(fullKeys, constantKey(patterns.entryPattern(number)));
      known[number] = isFull;
      return isFull;
    };
  }

  batch(): Batch | undefined {
    if (!this.#isInOrder) this.#waiting.sort((a, b) => a.first - b.first);
    for (const waiting of this.#waiting) this.#take(waiting);
    for (const [key, { observation, count }] of this.#summed) {
      const { at, value, instant } = observation;
      this.#entries.push({ key, value, line: at.line, count, ...(instant !== undefined && { instant }) });
    }
    for (const { key, value } of this.#entries) this.#fullKeys?.add(key, value);
    return this.#entries.length === 0 ? undefined : { rule: this.#rule, entries: this.#entries };
  }

  #take({ observed, line, count }: Waiting): void {
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

function isFullKey(fullKeys: FullKeys, key: string | undefined): boolean {
  return key !== undefined && fullKeys.has(key);
}
