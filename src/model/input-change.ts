/**
 * How a file changed while it was read: bytes were appended, its name now leads to another file or none, or it was
 * written to in another way.
 */
export type InputChange = "grown" | "replaced" | "changed";

const AGAIN = "check it again when nobody writes to it";

const WORDS: Readonly<Record<InputChange, string>> = {
  grown: "the file grew while it was read: this report covers only the bytes that were read",
  replaced: `the file was replaced or removed while it was read: ${AGAIN}`,
  changed: `the file changed while it was read: ${AGAIN}`,
};

/** The consequence for a report, in words. */
export function changeWords(change: InputChange): string {
  return WORDS[change];
}
