import { createHmac } from "node:crypto";

/** Largest number of digests per kind of finding; the first in sorting order are kept. */
const MAX_DIGESTS = 1000;

/**
 * Digests of the values in findings of one kind: distinct, ascending, at most a thousand. The lowest are kept, so the
 * result does not depend on the order of values or of a log's parts.
 */
export type ValueDigests = readonly string[];

/** 32 hexadecimal digits for a value; nobody can recover the value without the key. */
export function valueDigest(key: string, value: string): string {
  return createHmac("sha256", key).update(value).digest("hex").slice(0, 32);
}

export function mergedDigests(a: ValueDigests, b: ValueDigests): ValueDigests {
  if (b.every((digest) => a.includes(digest))) return a;
  return [...new Set([...a, ...b])].sort().slice(0, MAX_DIGESTS);
}

/**
 * True if a value is certainly not among the known ones. If more than a thousand were known, digests above the last
 * kept one prove nothing.
 */
export function hasOthers(found: ValueDigests, known: ValueDigests): boolean {
  const last = known.length < MAX_DIGESTS ? undefined : known.at(-1);
  const set = new Set(known);
  return found.some((digest) => !set.has(digest) && (last === undefined || digest < last));
}
