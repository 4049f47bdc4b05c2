import { constants, fstatSync, statSync } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { isReadError, reasonOf } from "../input/open/reasons.js";
import { Hold } from "./hold.js";
import { CaptureError, type Stored, storedIn } from "./stored.js";

/** When an append counts as stored: once the disk has it, or once the system has it. */
export type Sync = "batch" | "none";

interface Waiting {
  readonly bytes: Buffer;
  readonly lines: number;
  resolve(firstLine: number): void;
  reject(error: Error): void;
}

interface Opened {
  readonly file: FileHandle;
  readonly stored: Stored;
}

/** Bytes that one write takes at most, unless a single append has more: 4 MiB. */
const GROUP = 1 << 22;

/**
 * Responsible for: the file that is the log. What has been appended stays, whatever happens to the process.
 * May not: know what lines mean.
 */
export class Capture {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #inode: number;
  readonly #sync: Sync;
  readonly #hold: Hold;
  readonly #waiting: Waiting[] = [];
  /** Bytes and lines that are stored. */
  #size: number;
  #lines: number;
  #working: Promise<void> | undefined;
  #isClosed = false;
  /** Why nothing can be stored any more. */
  #broken: CaptureError | undefined;
  /** True if something could not be stored at some time. */
  hasFailed = false;
  /** True if somebody else had changed or removed the file by the time it was closed. */
  isChanged = false;

  private constructor(path: string, { file, stored }: Opened, sync: Sync, hold: Hold) {
    this.path = path;
    this.#hold = hold;
    this.#file = file;
    this.#inode = fstatSync(file.fd).ino;
    this.#sync = sync;
    this.#size = stored.bytes;
    this.#lines = stored.lines;
  }

  /**
   * Opens a new capture; an earlier one of this name is removed, not written over, since another process may hold it.
   * Folders that are missing are made.
   *
   * @throws CaptureError, and errors of the file system
   */
  static anew(path: string, sync: Sync): Promise<Capture> {
    return Capture.#held(path, sync, async () => {
      if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) await rm(path);
      const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL;
      return { file: await open(path, flags, 0o600), stored: { bytes: 0, lines: 0, cut: 0 } };
    });
  }

  /**
   * Opens a capture to go on with. Folders that are missing are made.
   *
   * @param onCut called with the bytes of a last line without an end, which nobody was told is stored
   * @throws CaptureError, and errors of the file system
   */
  static continued(path: string, sync: Sync, onCut: (bytes: number) => void): Promise<Capture> {
    return Capture.#held(path, sync, async () => {
      const file = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
      try {
        if (!(await file.stat()).isFile()) throw new CaptureError(`${path} is no regular file`);
        const stored = await storedIn(file, path);
        if (stored.cut > 0) onCut(stored.cut);
        return { file, stored };
      } catch (error) {
        await file.close();
        throw error;
      }
    });
  }

  /** Opens a file that no other server writes to. */
  static async #held(path: string, sync: Sync, opened: () => Promise<Opened>): Promise<Capture> {
    await mkdir(dirname(path), { recursive: true });
    const hold = await Hold.on(path);
    try {
      const file = await opened();
      await syncFolderOf(path);
      return new Capture(path, file, sync, hold);
    } catch (error) {
      hold.release();
      throw error;
    }
  }

  /** Bytes that are stored. */
  get size(): number {
    return this.#size;
  }

  get canStore(): boolean {
    return this.#broken === undefined;
  }

  /**
   * Appends whole lines. They are stored once the promise is fulfilled.
   *
   * @returns the number of the first one, from 1
   * @throws CaptureError if they are not stored
   */
  append(bytes: Buffer, lines: number): Promise<number> {
    if (this.#isClosed) return Promise.reject(new CaptureError("the server is about to end"));
    const stored = new Promise<number>((resolve, reject) =>
      this.#waiting.push({ bytes, lines, resolve, reject }),
    );
    this.#work();
    return stored;
  }

  /** Does something while nothing is written. */
  async whileStill<Result>(action: () => Promise<Result>): Promise<Result> {
    while (this.#working !== undefined) await this.#working;
    const result = action();
    this.#working = result.then(
      () => undefined,
      () => undefined,
    );
    void this.#working.then(() => this.#next());
    return result;
  }

  /** Stores what waits, then closes the file. No other server may write to it until it is released. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    while (this.#working !== undefined) await this.#working;
    this.isChanged = this.#broken === undefined && !this.#isOurs();
    await this.#file.close();
  }

  /** Lets other servers write to the file. */
  release(): void {
    this.#hold.release();
  }

  #work(): void {
    if (this.#working === undefined) this.#next();
  }

  #next(): void {
    this.#working = undefined;
    if (this.#waiting.length === 0) return;
    this.#working = this.#store(this.#takeGroup());
    void this.#working.then(() => this.#next());
  }

  #takeGroup(): readonly Waiting[] {
    let [count, bytes] = [0, 0];
    for (const each of this.#waiting) {
      if (count > 0 && bytes + each.bytes.length > GROUP) break;
      bytes += each.bytes.length;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  async #store(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#write(Buffer.concat(group.map(({ bytes }) => bytes)));
    } catch (error) {
      this.hasFailed = true;
      const failure = error instanceof CaptureError ? error : await this.#undo(error);
      for (const { reject } of group) reject(failure);
      return;
    }
    for (const { lines, resolve } of group) {
      resolve(this.#lines + 1);
      this.#lines += lines;
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#broken === undefined && !this.#isOurs()) {
      this.#broken = new CaptureError(
        `${this.path} was changed or removed by another program: stop the server and start it again`,
      );
    }
    if (this.#broken !== undefined) throw this.#broken;
    for (let at = 0; at < bytes.length; ) at += (await this.#file.write(bytes, at)).bytesWritten;
    if (this.#sync === "batch") await this.#file.datasync();
    this.#size += bytes.length;
  }

  /** True if the path still leads to the file, and nobody else has written to it. */
  #isOurs(): boolean {
    const found = statSync(this.path, { throwIfNoEntry: false });
    return found !== undefined && found.ino === this.#inode && found.size === this.#size;
  }

  /** Removes the bytes of a failed write: the next line must not follow an incomplete one. */
  async #undo(error: unknown): Promise<CaptureError> {
    const reason = isReadError(error) ? reasonOf(error) : String(error);
    const failure = new CaptureError(`${this.path} cannot be written: ${reason}`);
    await this.#file.truncate(this.#size).catch(() => {
      this.#broken = failure;
    });
    return failure;
  }
}

/** Makes a new name last as the lines of its file do, where the system can. */
async function syncFolderOf(path: string): Promise<void> {
  const folder = await open(dirname(path)).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
