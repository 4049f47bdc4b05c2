import { type PlaceSet, placesIn } from "../engine/report/place-set.js";
import type { BlockIndex } from "../input/frame/block-index.js";
import { changeBetween, type FileMark, markAt } from "../input/open/file-mark.js";
import { isReadError, isShortage, reasonOf } from "../input/open/reasons.js";
import { beginsAs, type InputDigest } from "../input/open/same-file.js";
import type { Unwrapping } from "../input/record/unwrapping.js";
import type { RunError } from "../model/report.js";
import type { SharedLines } from "../model/shared-lines.js";
import type { LogRecord } from "../model/subject.js";
import { type LineRecord, recordsAt, recordsOn } from "./records-at.js";

/** The facts that show if a file is still the one that was read. */
export interface Original {
  readonly path: string;
  readonly digest: InputDigest;
  /** Undefined if another run has read the file. */
  readonly mark: FileMark | undefined;
  /** The lines that hold several records; undefined if there are no such lines. */
  readonly shared: SharedLines | undefined;
  /** The position of each block; undefined if another run has read the file. */
  readonly index: BlockIndex | undefined;
}

/** Receives the bytes of an input read again so far, and their total if it is known. */
export type OnReread = (done: { readonly read: number; readonly total?: number }) => void;

/**
 * Reads inputs again for columns and excerpts of findings that only the whole log shows. This is a courtesy: if an
 * input has changed or gone, its findings stay, without column and excerpt.
 */
export class Rereading {
  readonly #limit: number;
  readonly #unwrapping: Unwrapping;
  readonly #signal: AbortSignal | undefined;
  /** Inputs of this run that changed after it read them. */
  readonly changedSince = new Set<string>();
  readonly #errors = new Map<string, RunError>();

  /**
   * @param limit longer records, in bytes, are not read
   * @param signal ends the reading
   */
  constructor(limit: number, unwrapping: Unwrapping, signal: AbortSignal | undefined) {
    this.#limit = limit;
    this.#unwrapping = unwrapping;
    this.#signal = signal;
  }

  /** Errors that kept unchanged inputs from being read again, and inputs that changed during that. */
  get errors(): Iterable<RunError> {
    return this.#errors.values();
  }

  /** True if the bytes read again may differ from those read first. */
  isInDoubt(path: string): boolean {
    return this.#errors.has(path);
  }

  /** The records, as they are read. Look at `errors` after the last one: only then it is known if the input changed. */
  recordsAt(
    original: Original,
    places: PlaceSet,
    onReread: OnReread,
  ): AsyncGenerator<readonly [number, LogRecord]> {
    const { path, shared } = original;
    return this.#read(original, onReread, (part) => recordsAt(path, places, { ...part, shared }));
  }

  /** The records on some lines, and others among them: see `recordsOn`. Look at `isInDoubt` after the last one. */
  recordsOn(original: Original, lines: ReadonlySet<number>, onReread: OnReread): AsyncGenerator<LineRecord> {
    return this.#read(original, onReread, (part) => recordsOn(original.path, placesIn(lines), part));
  }

  async *#read<Each>(
    original: Original,
    onReread: OnReread,
    records: (part: Parameters<typeof recordsOn>[2]) => AsyncGenerator<Each>,
  ): AsyncGenerator<Each> {
    const { path, digest, index } = original;
    let read = 0;
    try {
      const mark = await stillAs(original);
      if (mark === undefined) {
        if (original.mark !== undefined) this.changedSince.add(path);
        return;
      }
      yield* records({
        limit: this.#limit,
        length: digest.bytes,
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

/** The mark of a file that still begins with the bytes that were read. A file with an equal mark is not read again. */
async function stillAs({ path, digest, mark }: Original): Promise<FileMark | undefined> {
  const found = markAt(path);
  if (found === undefined || digest.bytes === 0) return undefined;
  if (mark !== undefined && changeBetween(mark, found) === undefined) return mark;
  return (await beginsAs(path, digest)) ? found : undefined;
}
