import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { isCompressed } from "./decompress.js";
import { chunksOf } from "./open.js";

/** How many bytes at the beginning of a file are enough to classify it: 64 KiB. */
export const HEAD_BYTES = 1 << 16;

/** The beginning of a file. */
export interface Head {
  /** Bytes as on disk. */
  readonly stored: Uint8Array;
  /** Bytes after decompression. */
  readonly bytes: Uint8Array;
  /** True if nothing follows, not even data that is broken. */
  readonly isWhole: boolean;
}

/**
 * Reads the beginning of a regular file. If it has become a pipe meanwhile, the call does not wait for it.
 *
 * @throws errors of the file system, and of decompression if not even the beginning can be read
 */
export async function headOf(path: string): Promise<Head> {
  const stored = storedHead(path);
  if (!isCompressed(stored)) return { stored, bytes: stored, isWhole: stored.length < HEAD_BYTES };
  return { stored, ...(await decompressedHead(path)) };
}

function storedHead(path: string): Uint8Array {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(fd);
    // Files of /proc, and of some file systems, say 0 and hold something.
    const buffer = Buffer.allocUnsafe(size === 0 ? HEAD_BYTES : Math.min(HEAD_BYTES, size));
    let [length, read] = [0, 0];
    do {
      read = readSync(fd, buffer, length, buffer.length - length, length);
      length += read;
    } while (read > 0 && length < buffer.length);
    return buffer.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

async function decompressedHead(path: string): Promise<Pick<Head, "bytes" | "isWhole">> {
  const chunks = chunksOf(path, { size: HEAD_BYTES });
  for await (const bytes of chunks) {
    // An empty chunk comes before an error.
    if (bytes.length === 0) continue;
    return { bytes, isWhole: bytes.length < HEAD_BYTES && (await isAtEnd(chunks)) };
  }
  return { bytes: new Uint8Array(0), isWhole: true };
}

function isAtEnd(chunks: AsyncGenerator<Uint8Array>): Promise<boolean> {
  return chunks.next().then(
    ({ done = false }) => done,
    () => false,
  );
}
