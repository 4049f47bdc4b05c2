import { constants, type FSWatcher, watch } from "node:fs";
import { type FileHandle, open, readlink, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { isReadError, reasonOf } from "./reasons.js";

/** A file that the path has led to. */
export interface Reached {
  readonly file: FileHandle;
  /** What the path led to as a link; undefined if it was none. */
  readonly target: string | undefined;
  /** When the path was seen to lead to another one, by `Date.now`. */
  readonly leftAt: number | undefined;
}

/** Milliseconds between two looks at a path. */
export const PACE_MS = 150;
/** Opening a pipe waits for its writer, and neither a signal nor the time ends that; Windows knows no such flag. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const MISSED =
  "another file had this path for a short time and was gone before it could be opened: its content is not in this report";

/** The identity of a file, which stays the same if the file is renamed. */
type Identity = Pick<Awaited<ReturnType<typeof stat>>, "dev" | "ino">;

/**
 * Responsible for: the files that a path leads to, in their order. Each is opened as soon as the path leads to it, for
 * it may be renamed again long before those ahead of it have been read.
 * May not: read them.
 */
export class Trail {
  readonly #path: string;
  readonly #onGap: (message: string) => void;
  readonly #waiting: Reached[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #watcher: FSWatcher | undefined;
  #latest:
    | { readonly identity: Identity; readonly reached: Reached & { leftAt: number | undefined } }
    | undefined;
  /** True if the path led to a file when all was known; undefined before that. */
  #wasThere: boolean | undefined;
  /** Times that the name was given or taken since then, and files that were opened. */
  #changes = 0;
  #opened = 0;
  #look: Promise<void> = Promise.resolve();
  #nextLook: Promise<void> | undefined;
  #hasFailed = false;

  /** @param onGap called with what is missing, and why */
  constructor(path: string, onGap: (message: string) => void) {
    this.#path = path;
    this.#onGap = onGap;
    this.#timer = setInterval(() => void this.#lookSoon(), PACE_MS);
    this.#watcher = watching(path, () => {
      this.#changes++;
      void this.#lookSoon();
    });
  }

  /** True if the system no longer says where the path leads, or cannot open the file there: no other file comes. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** The next file; undefined if there is none yet. */
  async next(): Promise<Reached | undefined> {
    await this.#lookSoon();
    return this.#waiting.shift();
  }

  /** Looks no more, and closes the files that nobody has taken. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#watcher?.close();
    await (this.#nextLook ?? this.#look);
    for (const { file } of this.#waiting) await file.close();
  }

  /** A look that begins from now on, once the one that is under way has ended. */
  #lookSoon(): Promise<void> {
    this.#nextLook ??= this.#look.then(() => {
      this.#nextLook = undefined;
      this.#look = this.#lookNow();
      return this.#look;
    });
    return this.#nextLook;
  }

  async #lookNow(): Promise<void> {
    if (this.#hasFailed) return;
    try {
      await this.#takeNew();
    } catch (error) {
      if (!isReadError(error)) throw error;
      this.#hasFailed = true;
      this.#leaveLatest();
      this.#onGap(reasonOf(error));
    }
  }

  async #takeNew(): Promise<void> {
    const before = this.#changes;
    const found = await stat(this.#path).catch(unlessMissing);
    const isThere = found !== undefined && (this.#isLatest(found) || (await this.#reach()));
    // Reports about changes before the look arrive within a turn of the event loop. If any arrives, the change may be
    // newer than the look, so the code looks again.
    await turn();
    if (this.#changes === before) this.#settle(isThere);
  }

  /** Opens what the path leads to; false if that is nothing. */
  async #reach(): Promise<boolean> {
    const file = await open(this.#path, WITHOUT_WAITING).catch(unlessMissing);
    if (file === undefined) return false;
    const identity = await file.stat();
    if (this.#isLatest(identity)) {
      await file.close();
      return true;
    }
    this.#leaveLatest();
    const reached = { file, target: await linkTarget(this.#path), leftAt: undefined };
    this.#latest = { identity, reached };
    this.#waiting.push(reached);
    this.#opened++;
    return true;
  }

  /** Tells of a gap if the name was given and taken more often than the files that were opened explain. */
  #settle(isThere: boolean): void {
    let [explained, there] = [0, this.#wasThere ?? false];
    for (let file = 0; file < this.#opened; file++) {
      explained += there ? 2 : 1;
      there = true;
    }
    if (there && !isThere) explained++;
    const isKnown = this.#wasThere !== undefined && (this.#opened > 0 || !isThere);
    if (isKnown && this.#changes > explained) this.#onGap(MISSED);
    [this.#wasThere, this.#changes, this.#opened] = [isThere, 0, 0];
  }

  #leaveLatest(): void {
    if (this.#latest !== undefined) this.#latest.reached.leftAt = Date.now();
  }

  #isLatest({ dev, ino }: Identity): boolean {
    return this.#latest?.identity.dev === dev && this.#latest.identity.ino === ino;
  }
}

/**
 * Calls a function whenever the name of a file is given or taken. Only Linux reports every change, only for disks of
 * this machine, and only if the limit of watches is not reached.
 */
function watching(path: string, onChange: () => void): FSWatcher | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const watcher = watch(dirname(path), { persistent: false }, (kind, name) => {
      if (kind === "rename" && name === basename(path)) onChange();
    });
    return watcher.on("error", () => undefined);
  } catch {
    return undefined;
  }
}

/** The next path that a link leads to, from where the link is seen from; undefined for anything else. */
async function linkTarget(path: string): Promise<string | undefined> {
  const target = await readlink(path).catch(() => undefined);
  return target === undefined || isAbsolute(target) ? target : join(dirname(path), target);
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
