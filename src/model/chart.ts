import type { Group } from "./group.js";
import type { Position } from "./observation.js";
import type { LogRule } from "./rule.js";
import type { Schema, Source } from "./source.js";

/**
 * Sums up what a source keeps of a log, key by key, for a picture. A sum has a bounded size and survives JSON. The sums
 * of disjoint sets of keys can be joined in any order of the keys' sets.
 *
 * @template Value the value that the source gives of one event
 */
export interface Chart<Value = unknown, Sum = unknown> {
  /** States name the chart by it. */
  readonly id: string;
  readonly source: Source<Value>;
  /** What a state may hold as a sum. */
  readonly schema: Schema;
  /** The sum of no keys. */
  empty(): Sum;
  /**
   * Adds one key to a sum. Keys come in the order of their first observations in the log.
   *
   * @param history the key's observations in the order in which they are judged, without redeliveries
   * @param first where the key comes up first in the log
   */
  take(sum: Sum, key: string, history: Group<Value>, first: Position): void;
  /** Adds the sum of other keys. */
  join(sum: Sum, other: Sum): void;
}

/** A source with the rules that judge what it keeps, and the charts that sum it up. */
export interface Observer {
  /** That of the first rule, or else of the first chart; batches and states name it. */
  readonly id: string;
  readonly source: Source;
  readonly rules: readonly LogRule[];
  readonly charts: readonly Chart[];
}
