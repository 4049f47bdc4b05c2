import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

/** Where "-" stands for standard output. */
export const STDOUT = "-";

type Text = Iterable<string> | AsyncIterable<string>;

/** Writes text to standard output; a reader that has gone away ends it quietly. */
export async function writeStdout(text: Text): Promise<void> {
  try {
    await pour(text, process.stdout);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

/**
 * Writes text to a file, whole or not at all: beside it first, then in its place. Pipes and devices
 * are written to directly.
 */
export async function writeFileWhole(path: string, text: Text): Promise<void> {
  const existing = await stat(path).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) {
    await toFile(path, text);
    return;
  }
  const beside = join(dirname(path), `.mplp-check-${randomUUID()}.tmp`);
  try {
    await toFile(beside, text);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function toFile(path: string, text: Text): Promise<void> {
  const stream = createWriteStream(path);
  const done = finished(stream);
  // A failed open must not be an unhandled rejection while text is still being made.
  done.catch(() => undefined);
  await pour(text, stream);
  stream.end();
  await done;
}

async function pour(text: Text, stream: Writable): Promise<void> {
  let failure: Error | undefined;
  const onError = (error: Error): void => {
    failure = error;
  };
  stream.on("error", onError);
  for await (const piece of text) {
    if (failure !== undefined) throw failure;
    if (!stream.write(piece)) await Promise.race([once(stream, "drain"), once(stream, "close")]);
  }
  if (failure !== undefined) throw failure;
}
