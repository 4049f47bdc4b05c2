import { availableParallelism } from "node:os";
import type { BlockResult } from "../../engine/passage.js";
import type { Block } from "../../input/frame/blocks.js";
import { isAddressSpaceLimited } from "./address-space.js";
import type { BlockReader, ForcedKind } from "./block-reader.js";
import { Pool, type Task, type WorkerSettings } from "./pool.js";
import { unhurried } from "./unhurried.js";

/** A smaller log is checked before threads would have started: 4 MiB. */
export const INLINE_BYTES = 1 << 22;
/**
 * The bytes for which one more thread is worthwhile, if there are two: it takes time to start and to learn the kinds of
 * events.
 */
const BYTES_FOR_TWO = 1 << 27;

/** The main thread cannot feed more threads. */
const MAX_JOBS = 64;
/** Threads for a log that may be small. */
const FEW_JOBS = 4;

/** The default number of threads that read blocks. */
export function defaultJobs(): number {
  return availableParallelism();
}

/** The number of bytes that this thread reads before others start, without `--jobs`. */
export function inlineBytesFor(jobs: number): number {
  return Math.max(INLINE_BYTES, BYTES_FOR_TWO / Math.max(1, jobs - 1));
}

/** A block and its result. */
export interface ReadBlock {
  readonly block: Block;
  readonly result: BlockResult;
}

export interface BlockQueueOptions {
  /** Number of threads; 1 means only this thread. With more, this thread adds up, and reads what the others cannot. */
  readonly jobs: number;
  /** Bytes that this thread reads before others start, unless more are expected. */
  readonly inlineBytes: number;
  /** True if schemas may take any time for a record. This thread then reads no block, so that it can hear signals. */
  readonly isOpenEnded: boolean;
  /** Number of blocks that may wait for their results when the next one comes; default: what keeps threads busy. */
  readonly mostWaiting?: number;
}

/**
 * Reads the blocks of all inputs of a run: in this thread, or in several for a large log. Results come in the order
 * of the blocks.
 */
export class BlockQueue {
  readonly #reader: BlockReader;
  readonly #settings: WorkerSettings;
  readonly #options: BlockQueueOptions;
  readonly #closing = new AbortController();
  #pool: Pool | undefined;
  #bytes = 0;
  #inputs = 0;

  /** @param reader does in this thread the work of threads with these settings */
  constructor(reader: BlockReader, settings: WorkerSettings, options: BlockQueueOptions) {
    this.#reader = reader;
    this.#settings = settings;
    this.#options = options;
  }

  /** Announces the least number of bytes, as soon as it is known, so that threads start in time. */
  expect(bytes: number): void {
    this.#startPool(bytes);
  }

  /** Reads the blocks of an input. If they end with an error, it is thrown after all results before it. */
  async *read(blocks: AsyncIterable<Block>, kind: ForcedKind | undefined): AsyncGenerator<ReadBlock> {
    const input = this.#inputs++;
    const under: Promise<ReadBlock>[] = [];
    const fail = (error: unknown): void => void under.push(inTurn(Promise.reject(error)));
    for await (const block of untilError(blocks, fail)) {
      under.push(this.#reading({ block, kind, input }));
      while (under.length > this.#limit) yield await first(under);
    }
    while (under.length > 0) yield await first(under);
  }

  /** Ends all work; pending reads are rejected. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pool?.close();
  }

  /** Number of blocks to keep under way while the next one is read. */
  get #limit(): number {
    return this.#options.mostWaiting ?? this.#readyPool?.capacity ?? 0;
  }

  /** The threads that blocks go to; undefined while this thread reads blocks itself. */
  get #readyPool(): Pool | undefined {
    return this.#options.isOpenEnded || this.#pool?.isReady === true ? this.#pool : undefined;
  }

  /** The threads, if one of them needs a block. While all are busy, this thread reads the next one. */
  get #freePool(): Pool | undefined {
    const pool = this.#readyPool;
    return pool?.isBusy === true && !this.#options.isOpenEnded ? undefined : pool;
  }

  #reading(task: Task): Promise<ReadBlock> {
    const { block, kind, input } = task;
    this.#bytes += block.bytes.length;
    this.#startPool(this.#bytes);
    const result =
      this.#freePool?.read(task) ?? unhurried(this.#reader(block, kind, input), this.#closing.signal);
    return inTurn(result.then((settled) => ({ block, result: settled })));
  }

  /** Starts threads if there are enough bytes for them. */
  #startPool(bytes: number): void {
    const { jobs, inlineBytes, isOpenEnded } = this.#options;
    // NaN compares as false, so it means this thread.
    const isWorthwhile = jobs >= 2 && bytes > inlineBytes;
    if (this.#pool !== undefined || !(isWorthwhile || isOpenEnded) || isAddressSpaceLimited()) return;
    const most = isWorthwhile ? MAX_JOBS : FEW_JOBS;
    // Adding up keeps this thread busy, unless the schemas of a run are slow; then it reads no block.
    const others = isOpenEnded ? jobs : jobs - 1;
    this.#pool = new Pool(others >= 1 ? Math.min(others, most) : 1, this.#settings);
  }
}

/** The blocks before an error. The error goes to `fail`, so that the reader of the blocks does not get it too early. */
async function* untilError(
  blocks: AsyncIterable<Block>,
  fail: (error: unknown) => void,
): AsyncGenerator<Block> {
  try {
    yield* blocks;
  } catch (error) {
    fail(error);
  }
}

/** A promise that is awaited later: until then its failure must not count as unhandled. */
function inTurn<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

async function first(under: Promise<ReadBlock>[]): Promise<ReadBlock> {
  const next = under.shift();
  if (next === undefined) throw new RangeError("nothing is under way");
  return next;
}
