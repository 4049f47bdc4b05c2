import type { Batch } from "../engine/keep/batch.js";
import type { Collector } from "../engine/keep/collector.js";
import { collectorFor } from "../engine/keep/open-collector.js";
import type { Observer } from "../model/chart.js";
import type { Observation } from "../model/rule.js";
import { StateError } from "./state-error.js";

/** An observation in a state. A null key means the key of the row before. */
export type KeptRow = readonly [
  key: string | null,
  input: number,
  line: number,
  value: unknown,
  seconds?: number | null,
  fraction?: number | null,
  count?: number,
  attachment?: unknown,
];

/** The shortest row for an observation. */
export function rowOf(key: string | null, observation: Observation<unknown>): KeptRow {
  const { at, value, instant, count = 1, attachment } = observation;
  if (instant === undefined && count === 1 && attachment === undefined)
    return [key, at.input, at.line, value];
  const { seconds = null, fraction = null } = instant ?? {};
  if (attachment !== undefined) return [key, at.input, at.line, value, seconds, fraction, count, attachment];
  if (count > 1) return [key, at.input, at.line, value, seconds, fraction, count];
  return [key, at.input, at.line, value, seconds, fraction];
}

/** Consecutive rows of one input. */
interface Part {
  readonly input: number;
  readonly batch: Batch;
}

/**
 * Batches of a state's rows for the stores, in the order of the rows; each batch belongs to one input.
 *
 * @throws StateError if the first row has no key, or a row is none of the source's
 */
export function* rowParts(
  { id, source }: Pick<Observer, "id" | "source">,
  rows: readonly KeptRow[],
): Generator<Part> {
  let key: string | undefined;
  let input = 0;
  let collector: Collector | undefined;
  for (const row of rows) {
    key = keyOf(row, key);
    if (row[1] !== input) {
      yield* partIn(input, collector);
      [input, collector] = [row[1], undefined];
    }
    collector ??= collectorFor(id, source);
    collect(collector, key, row);
  }
  yield* partIn(input, collector);
}

/**
 * The observations of rows with their keys, in the order of the rows.
 *
 * @throws StateError if the first row has no key
 */
export function* observationsOf(
  rows: readonly KeptRow[],
): Generator<readonly [key: string, observation: Observation<unknown>]> {
  let key: string | undefined;
  for (const row of rows) {
    const [, input, line, value, , , count, attachment] = row;
    key = keyOf(row, key);
    yield [
      key,
      {
        value,
        at: { input, line },
        ...instantIn(row),
        ...(count !== undefined && { count }),
        ...(attachment !== undefined && { attachment }),
      },
    ];
  }
}

function collect(collector: Collector, key: string, row: KeptRow): void {
  const [, , line, value, , , count, attachment] = row;
  const observed = { key, value, ...instantIn(row), ...(attachment !== undefined && { attachment }) };
  try {
    collector.add(observed, line, count);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StateError(`a row is not one that the rule keeps: ${error.message}`);
  }
}

/** @param before the key of the row before */
function keyOf([named]: KeptRow, before: string | undefined): string {
  const key = named ?? before;
  if (key === undefined) throw new StateError("a row has no key");
  return key;
}

function instantIn([, , , , seconds, fraction]: KeptRow): Pick<Observation<unknown>, "instant"> {
  return typeof seconds === "number" ? { instant: { seconds, fraction: fraction ?? 0 } } : {};
}

function partIn(input: number, collector: Collector | undefined): Part[] {
  const batch = collector?.batch();
  return batch === undefined ? [] : [{ input, batch }];
}
