import { createHash } from "node:crypto";

/**
 * A text that takes little memory, and is the same for the same texts only: a text itself, or the digest of one with more
 * than `most` characters. That has more characters than any text that is given back as it is.
 *
 * @param what the text is, in a word
 */
export function boundedText(text: string, most: number, what: string): string {
  if (text.length <= most) return text;
  const digest = createHash("sha256").update(text, "utf16le").digest("hex");
  return `${`long ${what} with the digest `.padEnd(most, ".")}${digest}`;
}
