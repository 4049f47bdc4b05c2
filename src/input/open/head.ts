import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { isCompressed } from "./decompress.js";
import { chunksOf } from "./open.js";

/** How much of a file is looked at to tell what it is: 64 KiB. */
export const HEAD_BYTES = 1 << 16;

/** The beginning of a file. */
export interface Head {
  /** As they are on disk. */
  readonly stored: Uint8Array;
  /** Decompressed. */
  readonly bytes: Uint8Array;
  /** Nothing follows. */
  readonly isWhole: boolean;
}

/**
 * Reads the beginning of a regular file. What has become a pipe meanwhile is not waited for.
 *
 * @throws errors of the file system, and of decompression where not even the beginning can be had
 */
export async function headOf(path: string): Promise<Head> {
  const stored = storedHead(path);
  if (!isCompressed(stored)) return { stored, bytes: stored, isWhole: stored.length < HEAD_BYTES };
  const bytes = await decompressedHead(path);
  return { stored, bytes, isWhole: bytes.length < HEAD_BYTES };
}

function storedHead(path: string): Uint8Array {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const buffer = Buffer.allocUnsafe(Math.min(HEAD_BYTES, fstatSync(fd).size));
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(fd);
  }
}

/** What there is of the beginning, where the compressed data breaks off later. */
async function decompressedHead(path: string): Promise<Uint8Array> {
  for await (const chunk of chunksOf(path, { size: HEAD_BYTES })) if (chunk.length > 0) return chunk;
  return new Uint8Array(0);
}
