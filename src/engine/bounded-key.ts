import { createHash } from "node:crypto";

const MAX_KEY_LENGTH = 128;
/** Makes the digest of a long key longer than any key that is kept as it is. */
const LONG_KEY = "long key with the digest ".padEnd(MAX_KEY_LENGTH, ".");
const LONG_LENGTH = LONG_KEY.length + 64;

/**
 * Keys are the sender's: one of a megabyte must not take a megabyte. What this gives it gives again when it
 * is asked about that, so that keys can be taken out of one store and put into another.
 */
export function boundedKey(key: string): string {
  const isBounded = key.length <= MAX_KEY_LENGTH || (key.length === LONG_LENGTH && key.startsWith(LONG_KEY));
  return isBounded ? key : `${LONG_KEY}${createHash("sha256").update(key, "utf16le").digest("hex")}`;
}
