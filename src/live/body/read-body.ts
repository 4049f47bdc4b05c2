import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Refusal } from "../http/refusal.js";
import type { Budget } from "./budget.js";

/** A body in memory. Its bytes count against the budget until it is released. */
export interface HeldBody {
  readonly bytes: Buffer;
  release(): void;
}

/**
 * Reads the body of a request, decompressed.
 *
 * @param most its greatest length in bytes, compressed or not
 * @throws Refusal if it is too long, broken, in another encoding, or there is no room for it
 */
export async function readBody(request: IncomingMessage, most: number, budget: Budget): Promise<HeldBody> {
  const limit = limitOf(most, budget);
  const parts: Buffer[] = [];
  let held = 0;
  const release = (): void => {
    budget.give(held);
    held = 0;
  };
  const take = (part: Buffer): void => {
    if (held + part.length > limit.bytes) throw tooLong(limit);
    if (!budget.take(part.length)) throw new Refusal(503, "too much is under way: send it again");
    held += part.length;
    parts.push(part);
  };
  try {
    if (Number(request.headers["content-length"] ?? 0) > limit.bytes) throw tooLong(limit);
    await (isGzip(request) ? gunzipped(request, limit, take) : drained(request, take));
    return { bytes: Buffer.concat(parts), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** The greatest length of a body, and the option that says so. */
interface Limit {
  readonly bytes: number;
  readonly option: string;
}

/** A single request may not be larger than the limit for all requests together. */
function limitOf(most: number, { limit }: Budget): Limit {
  return most > limit ? { bytes: limit, option: "--max-queue" } : { bytes: most, option: "--max-body" };
}

function tooLong({ bytes, option }: Limit): Refusal {
  return new Refusal(413, `the body has more than ${bytes} bytes: send smaller batches, or raise ${option}`);
}

function isGzip({ headers }: IncomingMessage): boolean {
  const encoding = (headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "gzip" || encoding === "x-gzip") return true;
  if (encoding === "identity" || encoding === "") return false;
  throw new Refusal(415, "the only Content-Encoding that is read is gzip", { "Accept-Encoding": "gzip" });
}

/** Passes on all parts of a stream. If one is refused, the stream flows on and nobody keeps it. */
function drained(stream: Readable, take: (part: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const onData = (part: Buffer): void => {
      try {
        take(part);
      } catch (error) {
        stream.off("data", onData);
        stream.resume();
        reject(error);
      }
    };
    stream.on("data", onData);
    stream.once("end", resolve);
    // Errors may follow when nobody waits any more.
    stream.on("error", reject);
    stream.once("close", () => {
      if (!stream.readableEnded) reject(new Refusal(400, "the body ended too early"));
    });
  });
}

async function gunzipped(
  request: IncomingMessage,
  limit: Limit,
  take: (part: Buffer) => void,
): Promise<void> {
  const gunzip = createGunzip();
  let received = 0;
  const compressed = drained(request, (part) => {
    if (gunzip.destroyed) return;
    received += part.length;
    if (received > limit.bytes) throw tooLong(limit);
    // No more arrives than was decompressed, so that a fast sender fills no memory.
    if (!gunzip.write(part)) request.pause();
  });
  gunzip.on("drain", () => request.resume());
  compressed.then(() => gunzip.end()).catch((error: Error) => gunzip.destroy(error));
  try {
    await drained(gunzip, take);
  } catch (error) {
    request.resume();
    throw error instanceof Refusal ? error : new Refusal(400, "the body is no gzip data, or a part of it");
  } finally {
    compressed.catch(() => undefined);
    gunzip.destroy();
  }
}
