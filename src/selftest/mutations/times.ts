import { instantOf } from "../../protocol/fields/instant.js";
import { dataOf, type Excerpt, type HeldObject, integrationIn } from "../excerpt.js";

/** Milliseconds since 1970 of a date-time; undefined if it is none. */
export function millisecondsOf(value: unknown): number | undefined {
  const instant = instantOf(value);
  return instant === undefined ? undefined : instant.seconds * 1000 + Math.floor(instant.fraction * 1000);
}

export function timestampOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function timeOf(record: HeldObject): number | undefined {
  return millisecondsOf(dataOf(record).timestamp);
}

const isAny = (): boolean => true;

/** An hour after everything that the excerpt tells of. */
export function afterAll(excerpt: Excerpt): number {
  return excerpt.once(afterAll, () => {
    let last = 0;
    for (const record of excerpt.where(isAny)) {
      const { timestamp, captured_at: captured } = dataOf(record);
      const times = [timestamp, captured, integrationIn(record)?.value.timestamp].map(millisecondsOf);
      last = Math.max(last, ...times.map((time) => time ?? 0));
    }
    return last + 3_600_000;
  });
}
