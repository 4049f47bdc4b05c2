import { reasonOf } from "../index.js";

/** Thrown where something cannot be kept for a time, or is not read back as it was written. */
export class SpoolError extends Error {}

/**
 * Says why something cannot be kept in the folder of temporary files.
 *
 * @param what what cannot be kept: the subject of the sentence
 */
export function notKept(folder: string, what: string, error: unknown): SpoolError {
  return new SpoolError(`${folder}: ${what} cannot be kept there: ${reasonFor(error)}`);
}

function reasonFor(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const isFull = code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
  return isFull ? "there is no space left; TMPDIR names another folder" : reasonOf(error);
}
