import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

const MEGABYTE = 1_000_000;

/** Thrown where a file or stream has more bytes than its reader takes. The message names the limit, and no file. */
class TooLarge extends Error {
  constructor(most: number) {
    super(`it has more than ${most / MEGABYTE} MB, which is too much for such a file: name another one`);
  }
}

/**
 * Reads a whole file that has a purpose for which few bytes are enough. Devices and pipes are read too, as far as the
 * limit.
 *
 * @param most the limit, in bytes
 * @throws TooLarge, errors of the file system
 */
export async function readBounded(path: string, most: number): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > most) throw new TooLarge(most);
  return collected(createReadStream(path), most);
}

/**
 * Reads a stream to its end, and no further than the limit.
 *
 * @param most the limit, in bytes
 * @throws TooLarge, errors of the stream
 */
export async function collected(stream: AsyncIterable<Uint8Array | string>, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream) {
    bytes += part.length;
    if (bytes > most) throw new TooLarge(most);
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts);
}
