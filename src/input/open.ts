import { createHash } from "node:crypto";
import { type EventEmitter, once } from "node:events";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip, type Gunzip } from "node:zlib";
import { joined } from "./blocks.js";

/** How much of an input is read at a time: 1 MiB. */
export const CHUNK = 1 << 20;

/** Standard input's name on the command line and in reports. */
export const STDIN = "-";

/** What is known of an input's bytes once they have all been read. */
export interface InputDigest {
  /** Of the bytes as they are on disk, before decompression: "sha256:" and 64 hex digits without the prefix. */
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
 * Opens a file, or standard input for "-". gzip is recognised by its first bytes, not by the name.
 * Errors of the file system and of decompression are thrown while `chunks` is read.
 */
export function openInput(path: string, { size = CHUNK, signal }: OpenOptions = {}): OpenInput {
  const hash = createHash("sha256");
  let bytes = 0;
  const source: Readable = path === STDIN ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });
  // A pipe that nobody writes to would be waited for.
  signal?.addEventListener("abort", () => source.destroy(), { once: true });
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  return {
    chunks: sized(decompressed(counted()), size),
    bytesRead: () => bytes,
    digest: () => ({ sha256: hash.digest("hex"), bytes }),
  };
}

/** The same bytes in chunks of one size; a pipe gives them in any. */
async function* sized(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
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

async function* decompressed(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, rest } = await atLeast(MAGIC_LENGTH, chunks);
  if (startsWith(head, ZSTD)) throw new UnsupportedCompression();
  const all = prepended(head, rest);
  if (!startsWith(head, GZIP)) {
    yield* all;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  const feeding = feed(gunzip, all);
  // Its error comes out of the loop below, through the stream.
  feeding.catch((error: Error) => gunzip.destroy(error));
  for await (const chunk of gunzip) yield chunk as Uint8Array;
  await feeding;
}

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
const MAGIC_LENGTH = 4;

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** Reads until some bytes are there, or the end: a pipe may give them one by one. */
async function atLeast(
  length: number,
  chunks: AsyncGenerator<Uint8Array>,
): Promise<{ head: Uint8Array; rest: AsyncGenerator<Uint8Array> }> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < length) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return { head, rest: chunks };
}

/** Thrown where an input is compressed in a way that is not read. */
class UnsupportedCompression extends Error {
  readonly code = "UNSUPPORTED_COMPRESSION";

  constructor() {
    super("the input is compressed with zstd, which this version does not read; decompress it first");
  }
}

/** Writes all chunks to a decompressor; what follows its end is read, for the digest, and dropped. */
async function feed(gunzip: Gunzip, chunks: AsyncGenerator<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) {
    if (gunzip.destroyed || gunzip.readableEnded) continue;
    if (gunzip.write(chunk)) continue;
    await firstOf(gunzip, ["drain", "end", "close"]);
  }
  gunzip.end();
}

/** Waits for one of some events, and stops listening to the others. */
async function firstOf(emitter: EventEmitter, events: readonly string[]): Promise<void> {
  const others = new AbortController();
  await Promise.race(events.map((event) => once(emitter, event, { signal: others.signal }))).finally(() =>
    others.abort(),
  );
}

async function* prepended(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}
