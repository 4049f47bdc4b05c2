import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { InputChange } from "../../model/input-change.js";
import { decompressed } from "./decompress.js";
import { type FileMark, markOf } from "./file-mark.js";
import type { OpenInput } from "./open.js";
import type { InputDigest } from "./same-file.js";
import { CHUNK } from "./stored-bytes.js";

/** Until when a file is followed. */
export interface FollowOptions {
  /** Aborted when what is there is to be read to its end, and nothing after that. */
  readonly until: AbortSignal;
  /** Milliseconds without a new byte after which the following ends. Default: it goes on. */
  readonly idleMs?: number;
}

/** A file that a followed path has led to, from its beginning to the end, or to where the path led elsewhere. */
export interface FollowedFile extends OpenInput {
  /** Its path once it has been read: another program may have renamed it. */
  path(): string;
  /** True if it was truncated: nobody knows what was lost. */
  isTruncated(): boolean;
  /** True if it was written to after its successor had come; known once the following has ended. */
  isWrittenLater(): boolean;
}

/** Milliseconds between two looks at a file. */
const PACE_MS = 150;
/** Looks without a new byte after which a file is left whose path leads elsewhere: its writer may hold it for a while. */
const LAST_LOOKS = 7;
/** Files that were left and are kept open, to see if they are written to. */
const MOST_LEFT = 64;
/** Opening a pipe waits for its writer, and neither a signal nor the time ends that; Windows knows no such flag. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** Bytes before the end that are compared when more have come: a file that was written anew differs in them. */
const COMPARED = 256;

type Found = Awaited<ReturnType<FileHandle["stat"]>>;

/**
 * Reads on in a file as others write to it, like `tail -F`: a file that is not there yet is waited for, a renamed one
 * is read to its end, and then comes the file that has its name. A library for this reports lost bytes nowhere, and
 * joins the files to one stream.
 *
 * @throws errors of the file system, while chunks are read
 */
export async function* followed(path: string, options: FollowOptions): AsyncGenerator<FollowedFile> {
  const clock = new Clock(options);
  const left: Following[] = [];
  try {
    for (;;) {
      const file = await open(path, WITHOUT_WAITING).catch(unlessMissing);
      if (file !== undefined) {
        const following = yield* followedFile(path, file, clock);
        left.push(following);
        if (left.length > MOST_LEFT) await left.shift()?.leave();
        // At the end, what its successor holds already is read too.
        if (await following.isElsewhere()) continue;
      }
      if (clock.isOver) return;
      await clock.pause();
    }
  } finally {
    for (const following of left) await following.leave();
  }
}

/** One file, as often as it is truncated. */
async function* followedFile(
  path: string,
  file: FileHandle,
  clock: Clock,
): AsyncGenerator<FollowedFile, Following> {
  for (;;) {
    const following = new Following(path, file, clock);
    yield following;
    if (!following.isTruncated()) return following;
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
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

  constructor(path: string, file: FileHandle, clock: Clock) {
    this.#path = path;
    this.#name = path;
    this.#file = file;
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
    const isOver = await this.isElsewhere().catch(() => true);
    this.#isWrittenLater = isOver && (await this.#file.stat()).size > this.#position;
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
    let looks = 0;
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
        looks = 0;
      } else if (isOver || looks > LAST_LOOKS) break;
      else looks = (await this.isElsewhere()) ? looks + 1 : 0;
      if (!isOver) await this.#clock.pause();
    }
    await this.#end();
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
    const { size } = await this.#file.stat();
    if (size < this.#position) return true;
    if (size === this.#position) return false;
    const { length } = this.#last;
    const { buffer } = await this.#file.read(Buffer.alloc(length), 0, length, this.#position - length);
    return !buffer.equals(this.#last);
  }

  /** True if the path leads to another file. While it leads to none, the next one is still to come. */
  async isElsewhere(): Promise<boolean> {
    const found = await stat(this.#path).catch(unlessMissing);
    return found !== undefined && !isSame(found, await this.#file.stat());
  }

  async #end(): Promise<void> {
    const own = await this.#file.stat({ bigint: true });
    const name = await nameOf(this.#path, await this.#file.stat());
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
