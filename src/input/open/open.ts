import { createHash } from "node:crypto";
import type { InputChange } from "../../model/input-change.js";
import { decompressed } from "./decompress.js";
import type { FileMark } from "./file-mark.js";
import { joined } from "./joined.js";
import { beginsAs, type InputDigest } from "./same-file.js";
import { CHUNK, StoredBytes } from "./stored-bytes.js";

export type { InputDigest } from "./same-file.js";
export { CHUNK, STDIN } from "./stored-bytes.js";

/** An input being read: its bytes, decompressed, and afterwards the digest of what was read. */
export interface OpenInput {
  /** All of one size but the last, so that what is read does not depend on how it came. */
  readonly chunks: AsyncIterable<Uint8Array>;
  digest(): InputDigest;
  /** Bytes read so far, before decompression. */
  bytesRead(): number;
  /** What the file was when it was opened; undefined for standard input, pipes and devices. */
  mark(): FileMark | undefined;
  /** What became of the file while it was read to its end. One that was written anew has not grown. */
  change(): Promise<InputChange | undefined>;
}

export interface OpenOptions {
  /** Of a chunk, in bytes. */
  readonly size?: number;
  /** How many bytes of a file are read, as they are on disk; default: all. */
  readonly length?: number;
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

/** A hash gives its digest once. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * The chunks of an input, for those who need not know its digest. It is open from the first chunk that is asked for
 * until the last, or until nobody asks for more.
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
    // A decompressor reads ahead, and hears of no one who stops asking.
    source.stop();
    await bytes.return(undefined);
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
