import type { Draft, Emit, EventRule, LogRule } from "../../model/rule.js";
import type { Batch } from "../keep/batch.js";
import type { Collector } from "../keep/collector.js";
import { collectorFor } from "../keep/open-collector.js";
import type { Rulebook, Track } from "./rulebook.js";

interface Check {
  readonly rule: EventRule;
  readonly emit: Emit;
}

/** A track with the emitters and collectors of one block. */
export interface Lane {
  readonly checking: readonly Check[];
  readonly textual: readonly Check[];
  readonly observers: readonly { readonly rule: LogRule; readonly collector: Collector }[];
}

/** The lanes of one block, and what its events show to log rules. */
export class Lanes {
  readonly #rulebook: Rulebook;
  readonly #add: (rule: EventRule, draft: Draft) => void;
  readonly #lanes = new Map<Track, Lane>();
  readonly #collectors = new Map<LogRule, Collector>();

  /** @param add takes what rules say of the current event */
  constructor(rulebook: Rulebook, add: (rule: EventRule, draft: Draft) => void) {
    this.#rulebook = rulebook;
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
      observers: observing.map((rule) => ({ rule, collector: this.#collectorOf(rule) })),
    };
  }

  /** @param source the number of a source: that of its rules in the rulebook */
  collectorFor(source: number): Collector {
    const [rule] = this.#rulebook.observers[source] ?? [];
    if (rule === undefined) throw new RangeError(`no rule names source ${source}`);
    return this.#collectorOf(rule);
  }

  #collectorOf(rule: LogRule): Collector {
    const collector = this.#collectors.get(rule) ?? collectorFor(rule.id, rule.source);
    this.#collectors.set(rule, collector);
    return collector;
  }

  /** What all events of the block have shown. Call it once. */
  batches(): readonly Batch[] {
    return [...this.#collectors.values()].flatMap((collector) => collector.batch() ?? []);
  }
}
