import { createHash } from "node:crypto";
import { type FileHandle, readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { InputChange } from "../../model/input-change.js";
import { decompressed } from "./decompress.js";
import { type FileMark, markOf } from "./file-mark.js";
import type { OpenInput } from "./open.js";
import type { InputDigest } from "./same-file.js";
import { CHUNK } from "./stored-bytes.js";
import { PACE_MS, type Reached, Trail } from "./trail.js";

/** Until when a file is followed. */
export interface FollowOptions {
  /** Aborted when the run must read the existing bytes to their end, and nothing after that. */
  readonly until: AbortSignal;
  /** Milliseconds without a new byte after which the following ends. Default: it goes on. */
  readonly idleMs?: number;
}

/** A file that a followed path has led to, from its beginning to the end, or to where the path led elsewhere. */
export interface FollowedFile extends OpenInput {
  path(): string;
  /** True if it was truncated: nobody knows what was lost. */
  isTruncated(): boolean;
  /** True if it was written to after its successor had come; known once the following has ended. */
  isWrittenLater(): boolean;
}

/** Milliseconds without a new byte after which a file is left that has a successor: its writer may hold it for a while. */
const PATIENCE_MS = 1200;
/** Files that were left and are kept open, to see if they are written to. */
const MOST_LEFT = 64;
/** Bytes before the end that are compared when more have come: a file that was written anew differs in them. */
const COMPARED = 256;

type Found = Awaited<ReturnType<FileHandle["stat"]>>;

/**
 * Reads on in a file as others write to it, like `tail -F`: a file that is not there yet is waited for, a renamed one
 * is read to its end, and then come the files that have had its name since. A library for this reports lost bytes
 * nowhere, and joins the files to one stream.
 *
 * @param onGap called with a sentence about what could not be read
 * @throws errors of the file system, while chunks are read
 */
export async function* followed(
  path: string,
  options: FollowOptions,
  onGap: (message: string) => void,
): AsyncGenerator<FollowedFile> {
  const clock = new Clock(options);
  const trail = new Trail(path, onGap);
  const left: Following[] = [];
  try {
    for (;;) {
      // At the end, what has come already is read too.
      const reached = await trail.next();
      if (reached === undefined && (clock.isOver || trail.hasFailed)) return;
      if (reached === undefined) await clock.pause();
      else left.push(yield* followedFile(path, reached, clock));
      if (left.length > MOST_LEFT) await left.shift()?.leave();
    }
  } finally {
    await trail.close();
    for (const following of left) await following.leave();
  }
}

/** One file, as often as it is truncated. */
async function* followedFile(
  path: string,
  reached: Reached,
  clock: Clock,
): AsyncGenerator<FollowedFile, Following> {
  for (;;) {
    const following = new Following(path, reached, clock);
    yield following;
    if (!following.isTruncated()) return following;
  }
}

/** Knows when nothing more is waited for. */
class Clock {
  readonly #options: FollowOptions;
  #since = Date.now();

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  get isOver(): boolean {
    const { until, idleMs } = this.#options;
    return until.aborted || (idleMs !== undefined && Date.now() - this.#since >= idleMs);
  }

  /** Something has come. */
  touch(): void {
    this.#since = Date.now();
  }

  async pause(): Promise<void> {
    await sleep(PACE_MS, undefined, { signal: this.#options.until }).catch(() => undefined);
  }
}

class Following implements FollowedFile {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly #path: string;
  readonly #reached: Reached;
  readonly #file: FileHandle;
  readonly #clock: Clock;
  readonly #hash = createHash("sha256");
  #position = 0;
  /** The last bytes that were read. */
  #last: Buffer = Buffer.alloc(0);
  #isTruncated = false;
  #isWrittenLater = false;
  #name: string;
  #mark: FileMark | undefined;
  #digest: InputDigest | undefined;

  constructor(path: string, reached: Reached, clock: Clock) {
    this.#path = path;
    this.#name = path;
    this.#reached = reached;
    this.#file = reached.file;
    this.#clock = clock;
    this.chunks = decompressed(this.#read());
  }

  path(): string {
    return this.#name;
  }

  isTruncated(): boolean {
    return this.#isTruncated;
  }

  isWrittenLater(): boolean {
    return this.#isWrittenLater;
  }

  /** Looks at the file for the last time. */
  async leave(): Promise<void> {
    // The last file of all may well grow on.
    const hasSuccessor = this.#reached.leftAt !== undefined;
    this.#isWrittenLater = hasSuccessor && (await this.#file.stat()).size > this.#position;
    await this.#file.close();
  }

  digest(): InputDigest {
    this.#digest ??= { sha256: this.#hash.digest("hex"), bytes: this.#position };
    return this.#digest;
  }

  bytesRead(): number {
    return this.#position;
  }

  /** The file at its end: until then it was expected to grow. */
  mark(): FileMark | undefined {
    return this.#mark;
  }

  async change(): Promise<InputChange | undefined> {
    return this.#isTruncated ? "changed" : undefined;
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    // Nobody knows when the bytes of the first look were written.
    let [writtenAt, isFirst] = [0, true];
    for (;;) {
      const isOver = this.#clock.isOver;
      if (await this.#wasTruncated()) {
        this.#isTruncated = true;
        return;
      }
      const before = this.#position;
      yield* this.#new();
      if (this.#position > before) {
        this.#clock.touch();
        if (!isFirst) writtenAt = Date.now();
      } else if (isOver || this.#isDone(writtenAt)) break;
      isFirst = false;
      if (!isOver) await this.#clock.pause();
    }
    await this.#end();
  }

  /** True if the file has had a successor for some time, and nobody has written to it since. */
  #isDone(writtenAt: number): boolean {
    const { leftAt } = this.#reached;
    return leftAt !== undefined && Date.now() - Math.max(leftAt, writtenAt) >= PATIENCE_MS;
  }

  /** The bytes that have been written since the last look. */
  async *#new(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const { bytesRead, buffer } = await this.#file.read(Buffer.alloc(CHUNK), 0, CHUNK, this.#position);
      if (bytesRead === 0) return;
      const part = buffer.subarray(0, bytesRead);
      this.#position += bytesRead;
      this.#last = Buffer.from(Buffer.concat([this.#last, part.subarray(-COMPARED)]).subarray(-COMPARED));
      this.#hash.update(part);
      yield part;
    }
  }

  /** True if the file is shorter than what was read, or other bytes are where the last ones were. */
  async #wasTruncated(): Promise<boolean> {
    const { length } = this.#last;
    if (length === 0) return false;
    const { size } = await this.#file.stat();
    if (size < this.#position) return true;
    const { buffer } = await this.#file.read(Buffer.alloc(length), 0, length, this.#position - length);
    return !buffer.equals(this.#last);
  }

  async #end(): Promise<void> {
    const own = await this.#file.stat({ bigint: true });
    const found = await this.#file.stat();
    const { target } = this.#reached;
    const name = (await nameOf(this.#path, found)) ?? (target && (await nameOf(target, found)));
    if (name === undefined) return;
    this.#name = name;
    this.#mark = markOf(own);
  }
}

function isSame(a: Found, b: Found): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

/** The path of a file that had this path, looked for in its folder; undefined if it is gone. */
async function nameOf(path: string, file: Found): Promise<string | undefined> {
  const folder = dirname(path);
  const others = await readdir(folder).catch(() => []);
  const own = basename(path);
  // Renamed logs keep the beginning of their name.
  const names = [own, ...others.filter((name) => name !== own && name.startsWith(own.slice(0, 1)))];
  for (const name of names) {
    const candidate = path.includes("/") || folder !== "." ? join(folder, name) : name;
    const found = await stat(candidate).catch(() => undefined);
    if (found !== undefined && isSame(found, file)) return name === own ? path : candidate;
  }
  return undefined;
}
