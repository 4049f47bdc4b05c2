import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  open,
  openSync,
  read,
  readSync,
  statSync,
} from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import type { InputChange } from "../../model/input-change.js";
import { changeBetween, type FileMark, markAt, markOf } from "./file-mark.js";
import { bufferWithRoom } from "./joined.js";

/** Number of bytes of an input read at once: 2 MiB. Larger blocks take more memory and no less time. */
export const CHUNK = 2 << 20;

/** The name of standard input on the command line and in reports. */
export const STDIN = "-";

/** Files up to this size are read synchronously: for many small files, waiting costs more than reading. 64 KiB. */
const SMALL = 1 << 16;

/** Number of bytes requested where a small file should have ended. */
const BEYOND = 512;

const readPart = promisify(read);

interface StoredOptions {
  /** Number of bytes to read; default: all. */
  readonly length?: number;
  /** Called with all bytes. */
  readonly seen?: (bytes: Uint8Array) => void;
  /** The bytes of "-"; default: the standard input of the process. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
}

/** The bytes of one input as on disk; also notices a file that changes during the reading. */
export class StoredBytes {
  /** The file at its opening; undefined for standard input, pipes and devices. */
  mark: FileMark | undefined;
  /** The difference between `mark` and the file after its last byte; set after the reading. */
  change: InputChange | undefined;
  readonly #path: string;
  readonly #length: number;
  readonly #seen: ((bytes: Uint8Array) => void) | undefined;
  readonly #stdin: AsyncIterable<Uint8Array | string> | undefined;
  #stream: Readable | undefined;

  constructor(path: string, { length = Number.POSITIVE_INFINITY, seen, stdin }: StoredOptions) {
    this.#path = path;
    this.#length = length;
    this.#seen = seen;
    this.#stdin = path === STDIN ? stdin : undefined;
  }

  /**
   * Yields the bytes, once. The input is open from the first part requested until the last.
   *
   * @param signal ends the reading: a pipe without a writer would block for ever
   * @throws errors of the file system
   */
  async *read(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    for await (const part of this.#stdin ?? this.#parts(signal)) {
      // A caller's stream with an encoding gives text.
      const bytes = typeof part === "string" ? Buffer.from(part) : part;
      this.#seen?.(bytes);
      yield bytes;
    }
  }

  /** Ends the reading when the caller stops, and wakes a reader that waits for a pipe. */
  stop(): void {
    this.#stream?.destroy();
  }

  #parts(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    const file = openRegular(this.#path);
    return file === undefined ? this.#streamParts(signal) : this.#fileParts(file);
  }

  async *#streamParts(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    this.#stream = await streamOf(this.#path);
    const stop = (): void => this.stop();
    if (signal?.aborted === true) stop();
    signal?.addEventListener("abort", stop);
    try {
      yield* this.#stream;
    } finally {
      signal?.removeEventListener("abort", stop);
      stop();
    }
  }

  async *#fileParts({ fd, mark }: OpenFile): AsyncGenerator<Uint8Array> {
    this.mark = mark;
    try {
      yield* upTo(this.#length, mark.size <= SMALL ? smallParts(fd, Number(mark.size)) : largeParts(fd));
      this.change =
        changeBetween(mark, fstatSync(fd, { bigint: true })) ?? changeBetween(mark, markAt(this.#path));
    } finally {
      closeSync(fd);
    }
  }
}

/** Opens a pipe without a thread: nothing could cancel a thread that waits for a writer. */
async function streamOf(path: string): Promise<Readable> {
  if (path === STDIN) return process.stdin;
  if (!statSync(path).isFIFO()) return createReadStream(path, { highWaterMark: CHUNK });
  const fd = await promisify(open)(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}

interface OpenFile {
  readonly fd: number;
  readonly mark: FileMark;
}

/** Opens a regular file; undefined for anything else. Never waits for a file that has become a pipe meanwhile. */
function openRegular(path: string): OpenFile | undefined {
  if (path === STDIN || !statSync(path).isFile()) return undefined;
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const found = fstatSync(fd, { bigint: true });
  if (found.isFile()) return { fd, mark: markOf(found) };
  closeSync(fd);
  return undefined;
}

async function* upTo(
  length: number,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let left = length;
  for await (const part of parts) {
    yield part.subarray(0, left);
    left -= part.length;
    if (left <= 0) return;
  }
}

function* smallParts(fd: number, size: number): Generator<Uint8Array> {
  for (let left = size + 1; ; left = BEYOND) {
    const buffer = Buffer.allocUnsafe(left);
    const length = readSync(fd, buffer, 0, left, null);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}

/** Read the next part while the caller handles this one. */
async function* largeParts(fd: number): AsyncGenerator<Uint8Array> {
  const next = () => readPart(fd, bufferWithRoom(CHUNK), 0, CHUNK, null);
  let under = next();
  try {
    for (;;) {
      const { bytesRead, buffer } = await under;
      if (bytesRead === 0) return;
      under = next();
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    // If we closed the descriptor during a read, another file could get it.
    await under.catch(() => undefined);
  }
}
