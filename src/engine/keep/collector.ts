import type { Rows } from "../../model/kinds.js";
import type { Observed, Storage } from "../../model/source.js";
import type { Batch } from "./batch.js";
import { EntryCollector } from "./entry-collector.js";
import type { Patterns, TextAt } from "./patterns.js";
import { RowCollector } from "./row-collector.js";

/** Rows that the scanner wrote, and what they mean. */
export interface KnownRows extends Rows {
  readonly patterns: Patterns;
  readonly textAt: TextAt;
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
  /** Adds an observation that all known records of a kind share: so many, from this line on. */
  addKnown(observed: Observed, line: number, count: number): void;
  /** Adds rows to those that were added one by one. Call it once. */
  addRows(rows: KnownRows): void;
  /** Undefined where nothing was observed. */
  batch(): Batch | undefined;
}

/** @param rule the id of the first of the rules that name the source */
export function collectorFor(rule: string, source: Storage): Collector {
  return source.store === "map" ? new EntryCollector(rule, source) : new RowCollector(rule, widthOf(source));
}

/** Numbers of an observation; undefined for a source that keeps no numbers. */
export function widthOf({ store, width }: Storage): number {
  return store === "columns" ? (width ?? 1) : 1;
}
