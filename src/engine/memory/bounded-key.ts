import { createHash } from "node:crypto";
import type { Observed } from "../../model/source.js";

/** Longer keys are shortened. */
export const MAX_KEY_LENGTH = 192;
/** Makes the digest of a long key longer than any key that is kept unchanged. */
const LONG_KEY = "long key with the digest ".padEnd(MAX_KEY_LENGTH, ".");

/** Senders choose the keys: a key of a megabyte must not take a megabyte of memory. */
export function boundedKey(key: string): string {
  return key.length <= MAX_KEY_LENGTH
    ? key
    : `${LONG_KEY}${createHash("sha256").update(key, "utf16le").digest("hex")}`;
}

/** An observation with its key shortened to a bounded length. */
export function byBoundedKey(observed: Observed): Observed {
  const key = boundedKey(observed.key);
  return key === observed.key ? observed : { ...observed, key };
}
