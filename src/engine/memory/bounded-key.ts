import { createHash } from "node:crypto";
import type { Observed } from "../../model/source.js";

const MAX_KEY_LENGTH = 128;
/** Makes the digest of a long key longer than any key that is kept as it is. */
const LONG_KEY = "long key with the digest ".padEnd(MAX_KEY_LENGTH, ".");

/** Keys are the sender's: one of a megabyte must not take a megabyte. */
export function boundedKey(key: string): string {
  return key.length <= MAX_KEY_LENGTH
    ? key
    : `${LONG_KEY}${createHash("sha256").update(key, "utf16le").digest("hex")}`;
}

/** What a rule has observed, by the key that stands for its own wherever it is kept. */
export function byBoundedKey(observed: Observed): Observed {
  const key = boundedKey(observed.key);
  return key === observed.key ? observed : { ...observed, key };
}
