import { randomUUID } from "node:crypto";
import { constants, createWriteStream, type Stats } from "node:fs";
import { access, chmod, mkdir, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** Where "-" stands for standard output. */
export const STDOUT = "-";

type Text = Iterable<string> | AsyncIterable<string>;

/** Writes text to standard output; a reader that has gone away ends it quietly. */
export async function writeStdout(text: Text, { stdout }: Pick<Streams, "stdout">): Promise<void> {
  try {
    await pipeline(Readable.from(text), stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

/**
 * Refuses a file that there is no place for, as can be told before there is anything to write.
 *
 * @throws UsageError
 */
export async function refuseUnwritable(path: string): Promise<void> {
  const refuse = (reason: string): never => {
    throw new UsageError(`${path} cannot be written: ${reason}`);
  };
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => undefined);
  if (existing?.isDirectory() === true) refuse("it is a folder");
  if (isWrittenInPlace(path, existing)) return;
  const folder = await nearestThere(dirname(target));
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) refuse(`${folder} is no folder`);
  await access(folder, constants.W_OK).catch(() => refuse(`nothing may be written to ${folder}`));
}

/** A folder, or the nearest one above it that is there: the folders of outputs are made. */
async function nearestThere(folder: string): Promise<string> {
  const above = dirname(folder);
  const isThere = await stat(folder).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== "ENOENT",
  );
  return isThere || above === folder ? folder : nearestThere(above);
}

/**
 * Writes text to a file, whole or not at all: beside it first, then in its place, with the mode of the file that
 * was there. Folders that are missing are made. A link is followed, and pipes and devices are written to directly.
 *
 * @param through what the text goes through on its way, such as a compressor
 * @throws UsageError where there is no place for the file
 */
export async function writeFileWhole(path: string, text: Text, ...through: Transform[]): Promise<void> {
  await refuseUnwritable(path);
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => undefined);
  if (isWrittenInPlace(path, existing)) {
    await pipeline([Readable.from(text), ...through, createWriteStream(path)]).catch(naming(path));
    return;
  }
  await mkdir(dirname(target), { recursive: true });
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
    naming(path)(error);
  }
}

/** Throws an error again; one about a lack of space says for which file. */
function naming(path: string): (error: unknown) => never {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EFBIG") throw error;
    throw new UsageError(`${path} cannot be written: there is no space left for it`);
  };
}

/** Pipes and devices, and names for open files, are not to be replaced. */
function isWrittenInPlace(path: string, existing: Stats | undefined): boolean {
  return DEVICES.test(resolve(path)) || existing?.isFile() === false;
}

/** Names for open files of the process. */
const DEVICES = /^\/(?:dev|proc)\//;
