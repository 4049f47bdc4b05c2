import type { Group } from "../../model/group.js";
import type { Observation } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import type { Batch } from "./batch.js";

/** One key with all that was kept of it, in log order. Of columns, both are made when they are asked for. */
export interface Entry {
  /** No other entry of the store has it. */
  readonly number: number;
  readonly key: string;
  readonly observations: Group<unknown>;
  /**
   * The course of the observations: equal for keys whose observations are alike in all that `judgesOrder` lets a rule see.
   *
   * @param facts how many facts a kept number can have
   */
  course?(facts: number): number | string | undefined;
}

/** All observations of one log rule, grouped by key. */
export interface ObservationStore {
  /**
   * Takes in what one block shows. Must be called in log order.
   *
   * @param firstLine of the block, in its input
   */
  take(batch: Batch, input: number, firstLine: number): void;
  /** Makes groups, if that takes long. To be run before they are asked for; yields now and then. */
  arrange?(): Generator<undefined>;
  /**
   * The groups with at least `atLeast` observations, in the order of their first one.
   *
   * @param read makes the value of each observation; default: it is given as it is kept
   */
  groups(atLeast: number, read?: Read): Iterable<Entry>;
  /** What was kept of one key; only maps and stores of values can tell. */
  of?(key: string, read?: Read): readonly Observation<unknown>[];
  /** True if nothing was taken in. */
  readonly isEmpty: boolean;
  /** How many keys there are. */
  readonly size: number;
  /** Memory taken, in bytes: counted rather than measured, so that equal logs give equal numbers. */
  readonly bytes: number;
  /** How many of them are on V8's heap, which may be much smaller than the machine's memory. */
  readonly heapBytes: number;
}
