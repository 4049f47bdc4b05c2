import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { InputDigest } from "./open.js";
import { isShortage } from "./reasons.js";

/** The digest of a file's bytes: 64 hex digits. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/**
 * Whether a file is there and holds the very bytes that an input had. Only a regular file of that size is read,
 * whoever named the path; of an input without bytes nothing can be told.
 *
 * @throws errors that are none of the file's: see `isShortage`
 */
export async function isSameFile(path: string, { sha256, bytes }: InputDigest): Promise<boolean> {
  try {
    const found = await stat(path);
    return bytes > 0 && found.isFile() && found.size === bytes && (await sha256Of(path)) === sha256;
  } catch (error) {
    if (isShortage(error)) throw error;
    return false;
  }
}
