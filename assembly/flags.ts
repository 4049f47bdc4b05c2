// What is known of a record; src/input/scan/scanner.ts has the same numbers.

/** Something that may be the beginning of a secret stands where a word begins. */
export const BEGINNING: u32 = 1;
export const BACKSLASH: u32 = 2;
export const AT_SIGN: u32 = 4;
/** "=", "'" or "--", one of which stands before the value of an assignment or an option. */
export const ASSIGNMENT: u32 = 8;
/** Bytes that are no ASCII. */
export const WIDE: u32 = 16;
/** A member may be repeated or replaced, or the record nests too deeply to be followed. */
export const INTRICATE: u32 = 32;
/** Something is spelled otherwise than JSON.stringify does, so that the digests are not those of the value. */
export const UNUSUAL: u32 = 64;
/** The record may be no JSON object: somebody else has to read it. */
export const UNCERTAIN: u32 = 256;
/** Containers nest so deeply that the rest was not read. */
export const DEEP: u32 = 128;
