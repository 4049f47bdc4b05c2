import { createHash } from "node:crypto";

/** Longer texts are kept as digests. */
const LONGEST = 1024;
/** Makes the digest of a long text longer than any text that is kept as it is. */
const HEAD = "a long text with the digest ".padEnd(LONGEST, ".");

/**
 * A text that is the same for the same texts only, and never long: rules look texts up, and V8 compares those of one
 * length from end to end if they are long.
 */
export function distinctText(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${HEAD}${createHash("sha256").update(text, "utf16le").digest("hex")}`;
}
