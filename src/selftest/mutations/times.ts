import { instantOf } from "../../protocol/fields/instant.js";
import { dataOf, type Excerpt, type HeldObject, integrationIn } from "../excerpt.js";

/** Milliseconds since 1970 of a date-time; undefined if it is none. */
export function millisecondsOf(value: unknown): number | undefined {
  const instant = instantOf(value);
  return instant === undefined ? undefined : instant.seconds * 1000 + Math.floor(instant.fraction * 1000);
}

/** A date-time; undefined where RFC 3339 has none: beyond the year 9999. */
export function timestampOf(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  const text = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  return instantOf(text) === undefined ? undefined : text;
}

export function timeOf(record: HeldObject): number | undefined {
  return millisecondsOf(dataOf(record).timestamp);
}

const isAny = (): boolean => true;

/** An hour after the last time in the excerpt. */
export function afterEverything(excerpt: Excerpt): number {
  return excerpt.once(afterEverything, () => {
    let last = 0;
    for (const record of excerpt.where(isAny)) {
      const { timestamp, captured_at: captured } = dataOf(record);
      const times = [timestamp, captured, integrationIn(record)?.value.timestamp].map(millisecondsOf);
      last = Math.max(last, ...times.map((time) => time ?? 0));
    }
    return last + 3_600_000;
  });
}
