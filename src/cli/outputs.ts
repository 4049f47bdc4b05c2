import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { chmod, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Where "-" stands for standard output. */
export const STDOUT = "-";

type Text = Iterable<string> | AsyncIterable<string>;

/** Writes text to standard output; a reader that has gone away ends it quietly. */
export async function writeStdout(text: Text): Promise<void> {
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

/**
 * Writes text to a file, whole or not at all: beside it first, then in its place, with the mode of the file that
 * was there. A link is followed, and pipes and devices are written to directly.
 *
 * @param through what the text goes through on its way, such as a compressor
 */
export async function writeFileWhole(path: string, text: Text, ...through: Transform[]): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => undefined);
  if (DEVICES.test(resolve(path)) || (existing !== undefined && !existing.isFile())) {
    await pipeline([Readable.from(text), ...through, createWriteStream(path)]);
    return;
  }
  const beside = join(dirname(target), `.mplp-check-${randomUUID()}.tmp`);
  try {
    // Who may not read the file must not read what is about to become it either.
    const mode = existing === undefined ? {} : { mode: existing.mode };
    await pipeline([Readable.from(text), ...through, createWriteStream(beside, mode)]);
    // The umask has taken away from it.
    if (existing !== undefined) await chmod(beside, existing.mode);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Names for open files of the process: what stands there must not be replaced. */
const DEVICES = /^\/(?:dev|proc)\//;
