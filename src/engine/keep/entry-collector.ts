import { ROW } from "../../model/kinds.js";
import type { Observation } from "../../model/rule.js";
import type { Observed, Storage } from "../../model/source.js";
import type { Batch, BatchEntry } from "./batch.js";
import type { Collector, KnownRows } from "./collector.js";
import { observedIn } from "./patterns.js";

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

/** Gathers anything by key. What the scanner has seen comes last and is gathered in the order of its first lines. */
export class EntryCollector implements Collector {
  readonly #rule: string;
  readonly #source: Storage;
  readonly #waiting: Waiting[] = [];
  readonly #summed = new Map<string, Gathered>();
  readonly #entries: BatchEntry[] = [];
  #isInOrder = true;

  constructor(rule: string, source: Storage) {
    this.#rule = rule;
    this.#source = source;
  }

  add(observed: Observed, line: number, count = 1): void {
    this.#waiting.push({ observed, line, count, first: line });
  }

  addKnown(observed: Observed, line: number, count: number): void {
    this.#isInOrder = false;
    this.add(observed, line, count);
  }

  addRows({ size, count, buffer, patterns, text, placeOf }: KnownRows): void {
    const view = { words: new Uint32Array(buffer), doubles: new Float64Array(buffer) };
    const { words } = view;
    this.#isInOrder = false;
    for (let word = 0, row = 0; row < count; row++, word += size / 4) {
      const pattern = patterns.entryPattern(words[word + ROW.PATTERN_WORD] ?? 0);
      this.#waiting.push({
        observed: observedIn(pattern, view, word, text),
        line: placeOf(words[word + ROW.LINE_WORD] ?? 0),
        count: words[word + ROW.COUNT_WORD] ?? 1,
        first: placeOf(words[word + ROW.FIRST_WORD] ?? 0),
      });
    }
  }

  batch(): Batch | undefined {
    if (!this.#isInOrder) this.#waiting.sort((a, b) => a.first - b.first);
    for (const waiting of this.#waiting) this.#take(waiting);
    for (const [key, { observation, count }] of this.#summed) {
      const { at, value, instant } = observation;
      this.#entries.push({ key, value, line: at.line, count, ...(instant !== undefined && { instant }) });
    }
    return this.#entries.length === 0 ? undefined : { rule: this.#rule, entries: this.#entries };
  }

  #take({ observed, line, count }: Waiting): void {
    const { keeps, combine } = this.#source;
    if (keeps === "first" || combine !== undefined) this.#sum(observed, line, count);
    else this.#entries.push(entryOf(observed, line, count));
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

function entryOf({ key, value, instant }: Observed, line: number, count: number): BatchEntry {
  return {
    key,
    value,
    line,
    count,
    ...(instant !== undefined && { instant }),
  };
}
