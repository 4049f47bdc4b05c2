import type { Instant } from "../../model/rule.js";
import type { CountedBins } from "./bin-counts.js";

/** What one block shows to the log rules that name the same source. Lines are counted from the block's first. */
export type Batch = { readonly rule: string } & (RowBatch | ValueBatch | EntryBatch | CountedBins);

/** Numbers by key: two lists of rows of three slots as `model/kinds.ts` describes them, each in the order of their lines. */
export interface RowBatch {
  /** The rests of keys, without the UUIDs in their slots. The pattern of a row is an index in this list. */
  readonly rests: readonly KeyRest[];
  /** Rows of what sources said. */
  readonly own: ArrayBuffer;
  /** Rows of what the scanner wrote. */
  readonly known: ArrayBuffer;
  /** Numbers in a row. */
  readonly width: number;
  /** What some rows of `own` have besides, by row. */
  readonly attachments: ReadonlyMap<number, unknown>;
}

/** Values by key: rows of the number of a value, of its attachment, or NaN, and of how many observations these are. */
interface ValueBatch extends Omit<RowBatch, "attachments"> {
  /** The values by their numbers. */
  readonly values: readonly unknown[];
}

/** Numbers in a row of values. */
export const VALUE_WIDTH = 3;

/** A key without the UUIDs in lower case at its beginning, at most three of them. */
export interface KeyRest {
  readonly uuids: number;
  readonly text: string;
}

/** Slots of a row in a batch. */
export const KEY_SLOTS = 3;

/** Anything, by key. */
interface EntryBatch {
  readonly entries: readonly BatchEntry[];
}

export interface BatchEntry {
  readonly key: string;
  readonly value: unknown;
  readonly line: number;
  readonly instant?: Instant;
  /** How many observations were summed up in this one. */
  readonly count: number;
}

/** The memory of a batch that can be handed to another thread without copying. */
export function buffersOf(batch: Batch): ArrayBuffer[] {
  if ("bins" in batch) return [batch.counts.buffer];
  // An empty buffer may be that of other batches too.
  return "entries" in batch ? [] : [batch.own, batch.known].filter(({ byteLength }) => byteLength > 0);
}
