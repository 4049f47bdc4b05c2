import type { Rows } from "../../model/kinds.js";
import type { Observed, Storage } from "../../model/source.js";
import type { Batch } from "./batch.js";
import type { Patterns } from "./patterns.js";

/** Rows that the scanner wrote, and what they mean. */
export interface KnownRows extends Rows {
  readonly patterns: Patterns;
  /** The bytes in which their names stand. */
  readonly text: Buffer;
  /** The place of a line. */
  placeOf(line: number): number;
}

/** Gathers what one block shows to a log rule, by bounded keys, in the shape that the rule's store takes in fastest. */
export interface Collector {
  /**
   * @param line counted from the block's first
   * @param count how many observations were summed up in this one, for rules that sum them up; default: 1
   */
  add(observed: Observed, line: number, count?: number): void;
  /** Adds an observation that all known records of a kind share: their number, and the first line. */
  addKnown(observed: Observed, line: number, count: number): void;
  /** Adds rows to those that were added one by one. Call it once. */
  addRows(rows: KnownRows): void;
  /** Undefined where nothing was observed. */
  batch(): Batch | undefined;
}

/** Numbers of an observation. */
export function widthOf({ store, width }: Storage): number {
  return store === "columns" ? (width ?? 1) : 1;
}
