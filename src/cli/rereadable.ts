import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { STDIN } from "../index.js";
import { notKept } from "./spool-error.js";
import type { Streams } from "./streams.js";
import { withTemporary } from "./temporary-files.js";

/** Paths that can be read again and again, and the names that the user knows them by. */
export interface Rereadable {
  readonly paths: readonly string[];
  nameOf(path: string): string;
  pathOf(name: string): string;
}

/**
 * Uses inputs that are read several times. What can be read once only, standard input and pipes, is kept in temporary
 * files meanwhile.
 *
 * @throws SpoolError, errors of the file system, and the signal's reason once it is aborted
 */
export async function withRereadable<Result>(
  names: readonly string[],
  { stdin }: Pick<Streams, "stdin">,
  signal: AbortSignal,
  use: (inputs: Rereadable) => Promise<Result>,
): Promise<Result> {
  const once: string[] = [];
  for (const name of new Set(names)) if (await isReadOnce(name)) once.push(name);
  const kept = new Map<string, string>();
  const keep = async (): Promise<Result> => {
    const name = once.shift();
    if (name === undefined) return use(rereadable(names, kept));
    const file = temporaryLog();
    kept.set(name, file);
    return withTemporary(file, async () => {
      const bytes = name === STDIN ? stdin : createReadStream(name);
      const copy = createWriteStream(file, { flags: "wx", mode: 0o600 });
      await pipeline(bytes, copy, { signal }).catch((error: NodeJS.ErrnoException) => {
        const isOfCopy = error.syscall === "write" || error.path === file;
        throw isOfCopy ? notKept(dirname(file), "a log that can be read once", error) : error;
      });
      return keep();
    });
  };
  return keep();
}

/** A name for a file that nobody has. */
export function temporaryLog(): string {
  return join(tmpdir(), `mplp-check-${randomUUID()}.ndjson`);
}

async function isReadOnce(name: string): Promise<boolean> {
  if (name === STDIN) return true;
  const found = await stat(name).catch(() => undefined);
  return found?.isFIFO() === true || found?.isCharacterDevice() === true;
}

function rereadable(names: readonly string[], kept: ReadonlyMap<string, string>): Rereadable {
  const own = new Map([...kept].map(([name, file]) => [file, name]));
  const pathOf = (name: string): string => kept.get(name) ?? name;
  return { paths: names.map(pathOf), pathOf, nameOf: (path) => own.get(path) ?? path };
}
