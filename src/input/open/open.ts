import { createHash } from "node:crypto";
import type { InputChange } from "../../model/input-change.js";
import { decompressed } from "./decompress.js";
import type { FileMark } from "./file-mark.js";
import { joined } from "./joined.js";
import { beginsAs, type InputDigest } from "./same-file.js";
import { CHUNK, StoredBytes } from "./stored-bytes.js";

export type { InputDigest } from "./same-file.js";
export { CHUNK, STDIN } from "./stored-bytes.js";

/** An open input: its decompressed bytes, and afterwards their digest. */
export interface OpenInput {
  /** Chunks of equal size except the last, so that the result does not depend on how the bytes arrived. */
  readonly chunks: AsyncIterable<Uint8Array>;
  digest(): InputDigest;
  /** Its path once it has been read, where another program may have renamed it. */
  path?(): string;
  /** Bytes read so far, before decompression. */
  bytesRead(): number;
  /** The file at its opening; undefined for standard input, pipes and devices. */
  mark(): FileMark | undefined;
  /** How the file changed while it was read. A rewritten file does not count as grown. */
  change(): Promise<InputChange | undefined>;
}

export interface OpenOptions {
  /** Chunk size in bytes. */
  readonly size?: number;
  /** Number of bytes to read, as on disk; default: all. */
  readonly length?: number;
  /** The bytes of "-"; default: the standard input of the process. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /** Ends the reading: the bytes read so far are yielded, then an error is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a file, or standard input for "-". The first bytes, not the name, show gzip or zstd.
 *
 * @throws errors of the file system and of decompression, while `chunks` is read
 */
export function openInput(path: string, options: OpenOptions = {}): OpenInput {
  const hash = createHash("sha256");
  let bytes = 0;
  const seen = (part: Uint8Array): void => {
    hash.update(part);
    bytes += part.length;
  };
  const source = new StoredBytes(path, { ...options, seen });
  const digest = once(() => ({ sha256: hash.digest("hex"), bytes }));
  return {
    chunks: chunksFrom(source, options),
    bytesRead: () => bytes,
    digest,
    mark: () => source.mark,
    change: async () =>
      source.change === "grown" && !(await beginsAs(path, digest())) ? "changed" : source.change,
  };
}

/** A hash can give its digest only once. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * The chunks of an input, for callers that do not need its digest. The input is open from the first chunk requested
 * until the last, or until the caller stops.
 */
export function chunksOf(path: string, options: OpenOptions = {}): AsyncGenerator<Uint8Array> {
  return chunksFrom(new StoredBytes(path, options), options);
}

async function* chunksFrom(
  source: StoredBytes,
  { size = CHUNK, signal }: OpenOptions,
): AsyncGenerator<Uint8Array> {
  const bytes = source.read(signal);
  try {
    yield* sized(decompressed(bytes), size, signal);
  } finally {
    // A decompressor reads ahead and does not notice that the caller has stopped.
    source.stop();
    await bytes.return(undefined);
  }
}

/** The same bytes in chunks of one size; a pipe delivers chunks of any size. */
async function* sized(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      // A few compressed bytes may expand to very many.
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
    // The bytes before an error are checked all the same.
    yield joined(held);
    throw error;
  }
  yield joined(held);
}
