import type { PlaceSet } from "../engine/report/occurrences.js";
import type { BlockIndex } from "../input/frame/block-index.js";
import { changeBetween, type FileMark, markAt } from "../input/open/file-mark.js";
import { isReadError, isShortage, reasonOf } from "../input/open/reasons.js";
import { beginsAs, type InputDigest } from "../input/open/same-file.js";
import type { Unwrapping } from "../input/record/unwrapping.js";
import type { RunError } from "../model/report.js";
import type { SharedLines } from "../model/shared-lines.js";
import type { LogRecord } from "../model/subject.js";
import { recordsAt } from "./records-at.js";

/** What was read of a file, by which it is known again. */
export interface Original {
  readonly path: string;
  readonly digest: InputDigest;
  /** Undefined where another run has read it. */
  readonly mark: FileMark | undefined;
  /** Where several records stand on one line; undefined where they do nowhere. */
  readonly shared: SharedLines | undefined;
  /** Where its lines stand; undefined where another run has read it. */
  readonly index: BlockIndex | undefined;
}

/** Is told how many bytes of an input have been read again, and how many are going to be; the latter may be unknown. */
export type OnReread = (done: { readonly read: number; readonly total?: number }) => void;

/**
 * Reads inputs once more, for columns and excerpts of findings that only the whole log shows. That is a courtesy: an
 * input that has changed or gone since it was read costs no finding, and shows nothing.
 */
export class Rereading {
  readonly #limit: number;
  readonly #unwrapping: Unwrapping;
  readonly #signal: AbortSignal | undefined;
  /** Inputs of this run that are not what they were when it read them. */
  readonly changedSince = new Set<string>();
  readonly #errors = new Map<string, RunError>();

  /**
   * @param limit records above so many bytes are not read
   * @param signal ends the reading
   */
  constructor(limit: number, unwrapping: Unwrapping, signal: AbortSignal | undefined) {
    this.#limit = limit;
    this.#unwrapping = unwrapping;
    this.#signal = signal;
  }

  /** What kept inputs that have not changed from being read, and inputs that changed while they were read again. */
  get errors(): Iterable<RunError> {
    return this.#errors.values();
  }

  /** Whether what was read of an input again may be something else than what was read first. */
  isInDoubt(path: string): boolean {
    return this.#errors.has(path);
  }

  /** The records as they come. Whether the input stayed the same is known after the last: `errors` says so. */
  async *recordsAt(
    original: Original,
    places: PlaceSet,
    onReread: OnReread,
  ): AsyncGenerator<readonly [number, LogRecord]> {
    const { path, digest, shared, index } = original;
    let read = 0;
    try {
      const mark = await stillAs(original);
      if (mark === undefined) {
        if (original.mark !== undefined) this.changedSince.add(path);
        return;
      }
      yield* recordsAt(path, places, {
        limit: this.#limit,
        length: digest.bytes,
        shared,
        unwrapping: this.#unwrapping,
        index,
        onRead: (bytes, total) => {
          read += bytes;
          onReread({ read, ...(total !== undefined && { total }) });
        },
        signal: this.#signal,
      });
      if ((await stillAs({ ...original, mark })) === undefined)
        this.#errors.set(path, { path, message: CHANGED });
    } catch (error) {
      if (this.#signal?.aborted === true) return;
      if (!isReadError(error)) throw error;
      if (isShortage(error)) this.#errors.set(path, { path, message: `${NOT_READ}: ${reasonOf(error)}` });
    }
  }
}

const NOT_READ = "cannot be read again for columns and excerpts";
const CHANGED =
  "changed while it was read again for columns and excerpts, which may be wrong: check it when nobody writes to it";

/** The mark of a file that still begins with what was read of it; it is only read for that where it looks different. */
async function stillAs({ path, digest, mark }: Original): Promise<FileMark | undefined> {
  const found = markAt(path);
  if (found === undefined || digest.bytes === 0) return undefined;
  if (mark !== undefined && changeBetween(mark, found) === undefined) return mark;
  return (await beginsAs(path, digest)) ? found : undefined;
}
