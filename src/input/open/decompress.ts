import { gunzipped, isGzip } from "./gzip.js";

/** How many bytes show how a file is compressed. */
export const MAGIC_LENGTH = 4;

/**
 * The bytes that were compressed with gzip or zstd, told by the first bytes; other bytes as they are.
 *
 * @throws errors with a code that `reasonOf` knows, where the compressed data is broken or ends too early
 */
export async function* decompressed(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const head = await atLeast(MAGIC_LENGTH, chunks);
  const all = prepended(head, chunks);
  if (isGzip(head)) yield* gunzipped(all);
  else if (isZstd(head)) {
    // The decoder is loaded by those who need it.
    const { unzstd } = await import("./zstd.js");
    yield* unzstd(all);
  } else yield* all;
}

/** Whether the first bytes of a file are those of a form that is decompressed. */
export function isCompressed(head: Uint8Array): boolean {
  return isGzip(head) || isZstd(head);
}

/** A frame of zstd begins with a number of four bytes; so does one to be skipped, of which there are sixteen. */
function isZstd(head: Uint8Array): boolean {
  if (head.length < MAGIC_LENGTH) return false;
  const magic = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5;
}

/** Reads until some bytes are there, or the end: a pipe may give them one by one. */
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
