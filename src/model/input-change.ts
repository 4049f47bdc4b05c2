/**
 * What has become of a file while it was read: bytes were added to it, its name stands for another file or none, or it
 * was written to in any other way.
 */
export type InputChange = "grown" | "replaced" | "changed";

const AGAIN = "check it again when nobody writes to it";

const WORDS: Readonly<Record<InputChange, string>> = {
  grown: "the file grew while it was read: what came after the bytes that were read is not in this report",
  replaced: `the file was replaced or removed while it was read: ${AGAIN}`,
  changed: `the file changed while it was read: ${AGAIN}`,
};

/** What that means for a report, in words. */
export function changeWords(change: InputChange): string {
  return WORDS[change];
}
