import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isShortage } from "./reasons.js";
import { STDIN } from "./stored-bytes.js";

/** What is known of an input's bytes once they have all been read. */
export interface InputDigest {
  /** Of the bytes as they are on disk, before decompression: 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The file that a name stands for, there or not, so that two names of one file can be told. */
export async function fileIdentity(path: string): Promise<string> {
  if (path === STDIN) return STDIN;
  const existing = await realpath(path).catch(() => undefined);
  return existing ?? join(await realpath(dirname(path)).catch(() => resolve(dirname(path))), basename(path));
}

/**
 * The digest of a file's bytes: 64 hex digits.
 *
 * @param length of the part at its beginning that counts; default: all of it
 */
export async function sha256Of(path: string, length = Number.POSITIVE_INFINITY): Promise<string> {
  const hash = createHash("sha256");
  if (length > 0)
    for await (const chunk of createReadStream(path, { end: length - 1 })) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/** Whether a regular file is there and begins with the very bytes that an input had. */
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
