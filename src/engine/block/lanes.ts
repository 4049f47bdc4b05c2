import type { Observer } from "../../model/chart.js";
import type { Draft, Emit, EventRule } from "../../model/rule.js";
import type { Batch } from "../keep/batch.js";
import type { Collector } from "../keep/collector.js";
import { collectorFor } from "../keep/open-collector.js";
import type { EarlierBlocks } from "./earlier-blocks.js";
import type { Rulebook, Track } from "./rulebook.js";

interface Check {
  readonly rule: EventRule;
  readonly emit: Emit;
}

/** A track with the emitters and collectors of one block. */
export interface Lane {
  readonly checking: readonly Check[];
  readonly textual: readonly Check[];
  readonly observers: readonly { readonly observer: Observer; readonly collector: Collector }[];
}

/** The lanes of one block, and what its events show to log rules. */
export class Lanes {
  readonly #rulebook: Rulebook;
  readonly #earlier: EarlierBlocks;
  readonly #add: (rule: EventRule, draft: Draft) => void;
  readonly #lanes = new Map<Track, Lane>();
  readonly #collectors = new Map<Observer, Collector>();

  /** @param add takes what rules say of the current event */
  constructor(rulebook: Rulebook, earlier: EarlierBlocks, add: (rule: EventRule, draft: Draft) => void) {
    this.#rulebook = rulebook;
    this.#earlier = earlier;
    this.#add = add;
  }

  of(track: Track): Lane {
    const lane = this.#lanes.get(track) ?? this.#laneFor(track);
    this.#lanes.set(track, lane);
    return lane;
  }

  #laneFor({ checking, textual, observing }: Track): Lane {
    const checkOf = (rule: EventRule): Check => ({ rule, emit: (draft) => this.#add(rule, draft) });
    return {
      checking: checking.map(checkOf),
      textual: textual.map(checkOf),
      observers: observing.map((observer) => ({ observer, collector: this.#collectorOf(observer) })),
    };
  }

  /** @param source the number of a source: that of its observer in the rulebook */
  collectorFor(source: number): Collector {
    const observer = this.#rulebook.observers[source];
    if (observer === undefined) throw new RangeError(`nothing observes source ${source}`);
    return this.#collectorOf(observer);
  }

  #collectorOf(observer: Observer): Collector {
    const known = this.#collectors.get(observer);
    if (known !== undefined) return known;
    const collector = collectorFor(observer.id, observer.source, this.#earlier.fullKeysOf(observer));
    this.#collectors.set(observer, collector);
    return collector;
  }

  /** What all events of the block have shown. Call it once. */
  batches(): readonly Batch[] {
    return [...this.#collectors.values()].flatMap((collector) => collector.batch() ?? []);
  }
}
