import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  createWriteStream,
  fstatSync,
  fsyncSync,
  openSync,
  type Stats,
  writeSync,
} from "node:fs";
import { access, chmod, lstat, mkdir, rename, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isReadError, reasonOf, targetOf } from "../index.js";
import type { Streams } from "./streams.js";
import { withTemporary } from "./temporary-files.js";
import { UsageError } from "./usage-error.js";

/** Where "-" stands for standard output. */
export const STDOUT = "-";

type Text = Iterable<string | Uint8Array> | AsyncIterable<string>;

/** Writes text to standard output; a reader that has gone away ends it quietly. */
export async function writeStdout(text: Text, { stdout }: Pick<Streams, "stdout">): Promise<void> {
  try {
    const file = regularFile(stdout);
    if (file === undefined) await pipeline(Readable.from(text), stdout, { end: false });
    else for await (const part of text) writeAll(file, Buffer.from(part));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") naming("standard output")(error);
  }
}

/** The number of an open file; a stream of Node.js leaves out what a nearly full disk does not take, without an error. */
function regularFile(stream: object): number | undefined {
  const { fd } = stream as { readonly fd?: unknown };
  return typeof fd === "number" && fstatSync(fd).isFile() ? fd : undefined;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
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
  // What ends so names a folder, whether it is there or not.
  if (["/", sep].some((end) => path.endsWith(end))) refuse("it is a folder; name a file in it");
  const target = await destinationOf(path);
  const existing = await stat(target).catch((error: NodeJS.ErrnoException) =>
    error.code === "ELOOP" ? refuse(reasonOf(error)) : undefined,
  );
  if (existing?.isDirectory() === true) refuse("it is a folder");
  if (isWrittenInPlace(path, existing)) return;
  const folder = await nearestThere(dirname(target));
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) refuse(`${folder} is no folder`);
  await access(folder, constants.W_OK).catch(() => refuse(`nothing may be written to ${folder}`));
}

/** What a path leads to if it is a link, whether that is there or not. */
async function destinationOf(path: string): Promise<string> {
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  return isLink ? targetOf(path) : path;
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

export interface Writing {
  /** What the text goes through on its way, such as a compressor. */
  readonly through?: readonly Transform[];
  /** Gives the writing up; the file is then as it was. */
  readonly signal?: AbortSignal;
}

/**
 * Writes text to a file, whole or not at all: beside it and to the disk first, then in its place, with the mode of the
 * file that was there. Folders that are missing are made. A link is followed, and pipes and devices are written to
 * directly.
 *
 * @throws UsageError where there is no place for the file
 */
export async function writeFileWhole(
  path: string,
  text: Text,
  { through = [], signal = new AbortController().signal }: Writing = {},
): Promise<void> {
  await refuseUnwritable(path);
  const target = await destinationOf(path);
  const existing = await stat(target).catch(() => undefined);
  if (isWrittenInPlace(path, existing)) {
    await pipeline([Readable.from(text), ...through, createWriteStream(path)], { signal }).catch(
      naming(path),
    );
    return;
  }
  await mkdir(dirname(target), { recursive: true }).catch(naming(path));
  const beside = join(dirname(target), `.mplp-check-${randomUUID()}.tmp`);
  await withTemporary(beside, async () => {
    // The temporary file must not be readable by users who may not read the final file.
    const mode = existing === undefined ? {} : { mode: existing.mode };
    await pipeline([Readable.from(text), ...through, createWriteStream(beside, { ...mode, flush: true })], {
      signal,
    });
    // The umask has taken away from it.
    if (existing !== undefined) await chmod(beside, existing.mode);
    await rename(beside, target);
    syncFolder(dirname(target));
  }).catch(naming(path));
}

/** Makes a new name last as its content does. Not every system and file system can. */
function syncFolder(folder: string): void {
  let fd: number | undefined;
  try {
    fd = openSync(folder, "r");
    fsyncSync(fd);
  } catch {
    // The file is there, and whole; after a power cut its old content may be back.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Thrown where an output could not be written after all; the message names it and says why, the cause is the error. */
export class OutputError extends Error {}

/** Throws an error again; one of the system says for which file it is. */
function naming(path: string): (error: unknown) => never {
  return (error) => {
    if (!isReadError(error) || !("syscall" in error)) throw error;
    throw new OutputError(`${path} cannot be written: ${reasonOf(error)}`, { cause: error });
  };
}

/** Pipes and devices, and names for open files, are not to be replaced. */
function isWrittenInPlace(path: string, existing: Stats | undefined): boolean {
  return DEVICES.test(resolve(path)) || existing?.isFile() === false;
}

/** Names for open files of the process; what lies in shared memory is a file like others. */
const DEVICES = /^\/(?:dev(?!\/shm\/)|proc)\//;
