import { createHmac } from "node:crypto";

/** So many digests are kept of one kind of finding: of more, those that sort first. */
const MAX_DIGESTS = 1000;

/**
 * Digests of the values that findings of one kind are about, each once, in ascending order, and at most a thousand.
 * Since those that sort first are kept, they are the same in whatever order values and parts of a log come.
 */
export type ValueDigests = readonly string[];

/** 32 hexadecimal digits that stand for a value, and tell nobody without the key which one it is. */
export function valueDigest(key: string, value: string): string {
  return createHmac("sha256", key).update(value).digest("hex").slice(0, 32);
}

export function mergedDigests(a: ValueDigests, b: ValueDigests): ValueDigests {
  if (b.every((digest) => a.includes(digest))) return a;
  return [...new Set([...a, ...b])].sort().slice(0, MAX_DIGESTS);
}

/**
 * Whether some values are none of those that are known. Of more than a thousand known ones only so much can be told: a
 * digest that sorts behind the last that was kept may be of either.
 */
export function hasOthers(found: ValueDigests, known: ValueDigests): boolean {
  const last = known.length < MAX_DIGESTS ? undefined : known.at(-1);
  const set = new Set(known);
  return found.some((digest) => !set.has(digest) && (last === undefined || digest < last));
}
