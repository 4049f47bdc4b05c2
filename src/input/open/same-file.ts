import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { isShortage } from "./reasons.js";
import { STDIN } from "./stored-bytes.js";
import { targetOf } from "./target.js";

/** Known of an input after all its bytes have been read. */
export interface InputDigest {
  /** SHA-256 of the bytes as on disk, before decompression: 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Identifies the file at a path, whether it exists or not, so that two names of one file compare equal. */
export async function fileIdentity(path: string): Promise<string> {
  return path === STDIN ? STDIN : targetOf(path);
}

/**
 * The SHA-256 of a file's bytes: 64 hexadecimal digits.
 *
 * @param length number of bytes to hash, from the beginning; default: all
 */
export async function sha256Of(path: string, length = Number.POSITIVE_INFINITY): Promise<string> {
  const hash = createHash("sha256");
  if (length > 0)
    for await (const chunk of createReadStream(path, { end: length - 1 })) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/** True if the path is a regular file that begins with exactly the bytes of the input. */
export async function beginsAs(path: string, { sha256, bytes }: InputDigest): Promise<boolean> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size >= bytes && (await sha256Of(path, bytes)) === sha256;
  } catch (error) {
    if (isShortage(error)) throw error;
    return false;
  }
}

/**
 * True if the file holds exactly the bytes of the input. Reads only a regular file of the same size, because anybody
 * may have named the path. An input without bytes always gives false.
 *
 * @throws errors that do not concern the file: see `isShortage`
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
