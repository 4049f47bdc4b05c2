import { gunzipped, isGzip } from "./gzip.js";

/** The number of bytes that show how a file is compressed. */
export const MAGIC_LENGTH = 4;

/**
 * Decompresses gzip or zstd, detected by the first bytes; passes other bytes on unchanged.
 *
 * @throws errors with a code that `reasonOf` knows if the compressed data is broken or truncated
 */
export async function* decompressed(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const head = await atLeast(MAGIC_LENGTH, chunks);
  const all = prepended(head, chunks);
  if (isGzip(head)) yield* gunzipped(all);
  else if (isZstd(head)) {
    // Load the decoder only when an input needs it.
    const { unzstd } = await import("./zstd.js");
    yield* unzstd(all);
  } else yield* all;
}

/** True if the first bytes show a compression that we can read. */
export function isCompressed(head: Uint8Array): boolean {
  return isGzip(head) || isZstd(head);
}

/** A zstd frame begins with a magic number of four bytes; sixteen further numbers mark skippable frames. */
function isZstd(head: Uint8Array): boolean {
  if (head.length < MAGIC_LENGTH) return false;
  const magic = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5;
}

/** Reads until enough bytes are there, or the end: a pipe may deliver them one by one. */
async function atLeast(length: number, chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < length) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* prepended(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}
