import type { Instant } from "../../model/rule.js";

/** What one block shows to the log rules that name the same source. Lines are counted from the block's first. */
export type Batch = { readonly rule: string } & (UuidBatch | ColumnBatch | EntryBatch);

/** One number for each of many UUIDs; what other keys have is apart. */
interface UuidBatch {
  /** Four words of key a row. */
  readonly words: Uint32Array;
  readonly values: Float64Array;
  readonly lines: Uint32Array;
  readonly others: ColumnBatch;
}

/** Numbers, or lists of numbers, by key. */
export interface ColumnBatch {
  readonly keys: readonly string[];
  /** The key of each row, as its index in `keys`. */
  readonly owners: Uint32Array;
  /** As many numbers a row as the rule's values are wide. */
  readonly values: Float64Array;
  readonly lines: Uint32Array;
  /** The instant of each row; NaN seconds where it has none. */
  readonly seconds: Float64Array;
  readonly fractions: Float64Array;
  /** What some rows have besides, by row. */
  readonly attachments: ReadonlyMap<number, unknown>;
}

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
  /** Tells apart those of one value, where only the first of each is kept. */
  readonly attachment?: unknown;
}

/** The memory of a batch that can be handed to another thread without copying. */
export function buffersOf(batch: Batch): ArrayBuffer[] {
  if ("entries" in batch) return [];
  if ("words" in batch)
    return [batch.words, batch.values, batch.lines].map(bufferOf).concat(columnBuffers(batch.others));
  return columnBuffers(batch);
}

function columnBuffers({ owners, values, lines, seconds, fractions }: ColumnBatch): ArrayBuffer[] {
  return [owners, values, lines, seconds, fractions].map(bufferOf);
}

function bufferOf({ buffer }: Uint32Array | Float64Array): ArrayBuffer {
  return buffer as ArrayBuffer;
}
