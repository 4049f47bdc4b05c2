import { createHash } from "node:crypto";
import { constants, createReadStream, open } from "node:fs";
import { stat } from "node:fs/promises";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { joined } from "./blocks.js";
import { decompressed } from "./decompress.js";

/** How much of an input is read at a time: 1 MiB. */
export const CHUNK = 1 << 20;

/** Standard input's name on the command line and in reports. */
export const STDIN = "-";

/** What is known of an input's bytes once they have all been read. */
export interface InputDigest {
  /** Of the bytes as they are on disk, before decompression: 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** An input being read: its bytes, decompressed, and afterwards the digest of what was read. */
export interface OpenInput {
  /** All of one size but the last, so that what is read does not depend on how it came. */
  readonly chunks: AsyncIterable<Uint8Array>;
  digest(): InputDigest;
  /** Bytes read so far, before decompression. */
  bytesRead(): number;
}

export interface OpenOptions {
  /** Of a chunk, in bytes. */
  readonly size?: number;
  /** Ends the reading: what has been read by then is given out, then an error is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a file, or standard input for "-". gzip and zstd are recognised by their first bytes, not by the name.
 * Errors of the file system and of decompression are thrown while `chunks` is read.
 */
export function openInput(path: string, options: OpenOptions = {}): OpenInput {
  const hash = createHash("sha256");
  let bytes = 0;
  const count = (chunk: Uint8Array): void => {
    hash.update(chunk);
    bytes += chunk.length;
  };
  return {
    chunks: chunksOf(path, options, count),
    bytesRead: () => bytes,
    digest: () => ({ sha256: hash.digest("hex"), bytes }),
  };
}

/**
 * The chunks of an input, for those who need not know its digest. It is open from the first chunk that is asked for
 * until the last, or until nobody asks for more.
 *
 * @param seen is shown all bytes as they are on disk; default: nobody is
 */
export async function* chunksOf(
  path: string,
  { size = CHUNK, signal }: OpenOptions = {},
  seen?: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  const source = await sourceOf(path);
  const stop = (): void => void source.destroy();
  // A pipe that nobody writes to would be waited for.
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop);
  try {
    yield* sized(decompressed(shown(source, seen)), size, signal);
  } finally {
    signal?.removeEventListener("abort", stop);
    // A decompressor reads ahead, and hears of no one who stops asking.
    stop();
  }
}

/** A named pipe that nobody writes to is waited for without a thread, which nothing could call back. */
async function sourceOf(path: string): Promise<Readable> {
  if (path === STDIN) return process.stdin;
  const entry = await stat(path);
  if (!entry.isFIFO()) return createReadStream(path, { highWaterMark: CHUNK });
  const fd = await promisify(open)(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}

async function* shown(
  source: AsyncIterable<Uint8Array>,
  seen: ((bytes: Uint8Array) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    seen?.(chunk);
    yield chunk;
  }
}

/** The same bytes in chunks of one size; a pipe gives them in any. */
async function* sized(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      // Few compressed bytes may hold very many.
      signal?.throwIfAborted();
      let from = 0;
      while (chunk.length - from >= size - length) {
        const part = chunk.subarray(from, from + size - length);
        yield joined([...held, part]);
        from += part.length;
        [held, length] = [[], 0];
      }
      if (from < chunk.length) held.push(chunk.subarray(from));
      length += chunk.length - from;
    }
  } catch (error) {
    // What came before an error is checked all the same.
    yield joined(held);
    throw error;
  }
  yield joined(held);
}
