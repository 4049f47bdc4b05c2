import { boundedText } from "../../../model/bounded-text.js";

/** Characters that a sender's text has in a value at most. */
const LONGEST = 1024;

/**
 * A sender's text, or the digest of a long one. Rules look such texts up, and V8 compares long texts of one length from
 * end to end.
 */
export function distinctText(text: string): string {
  return boundedText(text, LONGEST, "text");
}
