import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { LineSpool } from "../index.js";
import { notKept, SpoolError } from "./spool-error.js";

const BUFFERED_LINES = 512;
/** How many bytes are read back at a time. */
const PART = 1 << 16;

/**
 * A spool in a temporary file, so that any number of lines takes no memory. The file has no name once it is open,
 * so that nothing of it stays after, however the process ends.
 *
 * @throws SpoolError where it cannot be made; while `lines` is read, where lines could not be kept
 */
export function fileSpool(): LineSpool & { remove(): void } {
  const folder = tmpdir();
  const file = openNameless(folder);
  let held: string[] = [];
  let count = 0;
  let failure: unknown;
  const flush = (): void => {
    try {
      if (held.length > 0 && failure === undefined)
        writeAll(file, Buffer.from(`${held.join("\n")}\n`), folder);
    } catch (error) {
      failure = error;
    }
    held = [];
  };
  return {
    append(line) {
      held.push(line);
      count++;
      if (held.length >= BUFFERED_LINES) flush();
    },
    async *lines() {
      flush();
      if (failure !== undefined) throw failure;
      let read = 0;
      for (const line of linesOf(file, folder)) {
        read++;
        yield line;
      }
      if (read !== count)
        throw new SpoolError(
          `${folder}: ${count} lines were written to a temporary file, but ${read} were read`,
        );
    },
    remove: () => closeSync(file),
  };
}

/** Opens a file of one's own, and takes its name away. */
function openNameless(folder: string): number {
  const own = keeping(folder, () => mkdtempSync(join(folder, "mplp-check-")));
  try {
    return keeping(folder, () => openSync(join(own, "lines"), "wx+", 0o600));
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** A disk that is nearly full may store only a part of the bytes, without an error. */
function writeAll(file: number, bytes: Uint8Array, folder: string): void {
  for (let from = 0; from < bytes.length; ) from += keeping(folder, () => writeSync(file, bytes, from));
}

/** Does something with the file of a folder. @throws SpoolError where that fails */
function keeping<Result>(folder: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw notKept(folder, "what --findings or --rejected writes", error);
  }
}

/** The lines of an open file from its beginning. They end with LF and nothing else. */
function* linesOf(file: number, folder: string): Generator<string> {
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(PART);
  let rest = "";
  for (let at = 0, length = -1; length !== 0; at += length) {
    length = keeping(folder, () => readSync(file, buffer, 0, PART, at));
    const lines = (rest + decoder.write(buffer.subarray(0, length))).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
