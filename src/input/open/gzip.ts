import { crc32, createInflateRaw, type InflateRaw, inflateRawSync } from "node:zlib";
import { ByteSource } from "./byte-source.js";

/** Largest part of decompressed data yielded at once: 1 MiB. */
const PART = 1 << 20;

const MAGIC_LENGTH = 2;
/** Length of a header (RFC 1952, 2.3): magic, method, flags, time, extra flags and system. */
const HEADER_LENGTH = 10;
const TRAILER_LENGTH = 8;
const DEFLATE = 8;
const FLAGS = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const;

/** True if the bytes begin like a gzip member. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * The bytes of all members of a gzip file. Zeros after a member are padding; anything else is the next member.
 *
 * @throws an error with a code if the data is broken, truncated or followed by other bytes; all members before that
 *   have been yielded
 */
export async function* gunzipped(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = new ByteSource(chunks);
  do {
    if (!isGzip(await source.peek(MAGIC_LENGTH))) throw await notRead(source);
    await skipHeader(source);
    yield* inflated(source);
    await source.skipZeros();
  } while (!(await source.isAtEnd()));
}

async function notRead(source: ByteSource): Promise<Error> {
  const count = await source.drain();
  const bytes = count === 1 ? "1 byte" : `${count} bytes`;
  return failure("GZIP_NOT_READ", `${bytes} after the compressed data were not read: they are not gzip data`);
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const broken = (): Error => failure("Z_DATA_ERROR", "incorrect gzip data");
const tooShort = (): Error => failure("Z_BUF_ERROR", "unexpected end of gzip data");

async function taken(source: ByteSource, length: number): Promise<Uint8Array> {
  const bytes = await source.take(length);
  if (bytes.length < length) throw tooShort();
  return bytes;
}

async function skipHeader(source: ByteSource): Promise<void> {
  const [, , method, flags = 0] = await taken(source, HEADER_LENGTH);
  if (method !== DEFLATE || flags > 0x1f) throw broken();
  if ((flags & FLAGS.extra) !== 0) {
    const [low = 0, high = 0] = await taken(source, 2);
    await taken(source, low + high * 256);
  }
  for (const flag of [FLAGS.name, FLAGS.comment])
    if ((flags & flag) !== 0 && !(await source.skipText())) throw tooShort();
  if ((flags & FLAGS.headerChecksum) !== 0) await taken(source, 2);
}

/** The content of a member, verified against the checksum and length after it. */
async function* inflated(source: ByteSource): AsyncGenerator<Uint8Array> {
  let [checksum, length] = [0, 0];
  for await (const chunk of contentOf(source)) {
    checksum = crc32(chunk, checksum);
    length = (length + chunk.length) >>> 0;
    yield chunk;
  }
  const trailer = await taken(source, TRAILER_LENGTH);
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_LENGTH);
  if (view.getUint32(0, true) !== checksum || view.getUint32(4, true) !== length) throw broken();
}

/** A stream for each member would take far longer than its bytes where a file has very many small ones. */
async function* contentOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  const chunk = await source.next();
  const whole = chunk === undefined ? undefined : wholeIn(chunk);
  if (chunk !== undefined) source.putBack(chunk.subarray(whole?.taken ?? 0));
  if (whole === undefined) yield* streamed(source);
  else if (whole.content.length > 0) yield whole.content;
}

/** The content that ends within these bytes, and how many of them it takes; undefined if it is long or broken. */
function wholeIn(chunk: Uint8Array): { readonly content: Uint8Array; readonly taken: number } | undefined {
  try {
    // With `info`, the types know nothing of what it gives.
    const { buffer, engine } = inflateRawSync(chunk, { info: true, maxOutputLength: PART }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: InflateRaw;
    };
    return { content: buffer, taken: engine.bytesWritten };
  } catch {
    return undefined;
  }
}

async function* streamed(source: ByteSource): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: PART });
  const feeding = feed(inflate, source);
  // The loop below throws this error, through the stream.
  feeding.catch((error: Error) => inflate.destroy(error));
  yield* inflate as AsyncIterable<Uint8Array>;
  await feeding;
}

/** Writes bytes to a decompressor until it reaches its end, and puts back the unread ones. */
async function feed(inflate: InflateRaw, source: ByteSource): Promise<void> {
  const end = endOf(inflate);
  let fed = 0;
  for (;;) {
    const chunk = await source.next();
    if (chunk === undefined) {
      inflate.end();
      return end;
    }
    fed += chunk.length;
    await Promise.race([written(inflate, chunk), end]);
    if (inflate.destroyed) return;
    const left = fed - inflate.bytesWritten;
    if (left === 0) continue;
    source.putBack(chunk.subarray(chunk.length - left));
    return end;
  }
}

function written(inflate: InflateRaw, chunk: Uint8Array): Promise<void> {
  return new Promise<void>((resolve) => inflate.write(chunk, () => resolve()));
}

/** Resolves when the decompressor ends, even with an error: whoever reads its output gets the error. */
function endOf(inflate: InflateRaw): Promise<void> {
  return new Promise<void>((resolve) => {
    inflate.once("end", resolve);
    inflate.once("close", resolve);
  });
}
