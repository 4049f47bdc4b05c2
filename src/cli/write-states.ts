import { once } from "node:events";
import { PassThrough } from "node:stream";
import { createGzip } from "node:zlib";
import { dealtFile, printableState } from "../index.js";
import type { LargeOutputs } from "./large-outputs.js";
import { STDOUT } from "./outputs.js";

/** Writes the state of a run to a file, compressed if its name says so, or to standard output, where somebody may look. */
export function writeState(file: string, lines: Iterable<string>, large: LargeOutputs): Promise<void> {
  const through = file.endsWith(".gz") ? [createGzip({ level: 1 })] : [];
  return large.write(file, file === STDOUT ? printableState(lines) : lines, ...through);
}

/**
 * Writes a dealt state to the files of a folder, all in one pass. The base comes last: without it the others are of
 * no run.
 */
export async function writeDealt(
  folder: string,
  partitions: number,
  lines: Iterable<readonly [file: number, line: string]>,
  large: LargeOutputs,
): Promise<void> {
  const files = Array.from(
    { length: partitions + 1 },
    (_, file) => new OpenFile(dealtFile(folder, file), large),
  );
  const [base, ...others] = files;
  try {
    let isAtBase = false;
    for (const [number, line] of lines) {
      if (number === 0 && !isAtBase) {
        await Promise.all(others.map((file) => file.end()));
        isAtBase = true;
      }
      await files[number]?.write(line);
    }
    await base?.end();
  } catch (error) {
    for (const file of files) file.giveUp(error);
    await Promise.allSettled(files.map((file) => file.written));
    throw error;
  }
}

/** A file that is written line by line. */
class OpenFile {
  readonly #text = new PassThrough();
  readonly #failed = new AbortController();
  readonly written: Promise<void>;

  constructor(path: string, large: LargeOutputs) {
    this.written = large.write(path, this.#text.setEncoding("utf8"), createGzip({ level: 1 }));
    // A file that cannot be written takes no more lines.
    this.written.catch((error: unknown) => this.#failed.abort(error));
  }

  async write(line: string): Promise<void> {
    this.#failed.signal.throwIfAborted();
    if (!this.#text.write(line))
      await once(this.#text, "drain", { signal: this.#failed.signal }).catch(() => this.written);
  }

  end(): Promise<void> {
    this.#text.end();
    return this.written;
  }

  giveUp(error: unknown): void {
    this.#text.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
