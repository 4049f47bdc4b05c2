import type { Group } from "../model/group.js";
import type { Instant, Observation, Position } from "../model/rule.js";

/** One key with all that was kept of it, in log order. */
export type Entry = readonly [key: string, observations: Group<unknown>];

/** All observations of one log rule, grouped by key. */
export interface ObservationStore {
  /** Must be called in log order. */
  add(name: string, value: unknown, at: Position, instant?: Instant, attachment?: unknown): void;
  /** The same, of a key as `groups` gives it: a name that was too long is one no more. */
  put(key: string, value: unknown, at: Position, instant?: Instant, attachment?: unknown): void;
  /** The groups with at least `atLeast` observations, in the order of their first one. */
  groups(atLeast: number): Iterable<Entry>;
  /** What was kept of one key; only maps can tell. */
  of?(key: string): readonly Observation<unknown>[];
  /** How many keys there are. */
  readonly size: number;
  /** Memory taken, in bytes: counted rather than measured, so that equal logs give equal numbers. */
  readonly bytes: number;
  /** How many of them are on V8's heap, which may be much smaller than the machine's memory. */
  readonly heapBytes: number;
}
