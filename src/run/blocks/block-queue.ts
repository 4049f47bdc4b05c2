import { availableParallelism } from "node:os";
import type { BlockResult } from "../../engine/passage.js";
import type { Block } from "../../input/frame/blocks.js";
import { isAddressSpaceLimited } from "./address-space.js";
import type { BlockReader, ForcedKind } from "./block-reader.js";
import { Pool, type WorkerSettings } from "./pool.js";
import { unhurried } from "./unhurried.js";

/** A log below this many bytes is checked sooner than threads have started: 4 MiB. */
export const INLINE_BYTES = 1 << 22;

/** More threads than one could feed. */
const MAX_JOBS = 64;
/** Threads for a log that may turn out to be small. */
const FEW_JOBS = 4;

/** How many threads read blocks, unless the caller says otherwise. */
export function defaultJobs(): number {
  return availableParallelism();
}

/** A block and what it amounts to. */
export interface ReadBlock {
  readonly block: Block;
  readonly result: BlockResult;
}

export interface BlockQueueOptions {
  /** How many threads read blocks; one is this one. */
  readonly jobs: number;
  /** How many bytes this thread reads before others are started, unless more are expected. */
  readonly inlineBytes: number;
  /** Whether schemas may take any time over a record: this thread then reads nothing, so that it can hear signals. */
  readonly isOpenEnded: boolean;
}

/**
 * Maps the blocks of all inputs of a run, in this thread or, once there is much to do, in several. Results come
 * in the order of the blocks, whoever has made them.
 */
export class BlockQueue {
  readonly #reader: BlockReader;
  readonly #settings: WorkerSettings;
  readonly #options: BlockQueueOptions;
  readonly #closing = new AbortController();
  #pool: Pool | undefined;
  #bytes = 0;

  /** @param reader does in this thread what threads with these settings do */
  constructor(reader: BlockReader, settings: WorkerSettings, options: BlockQueueOptions) {
    this.#reader = reader;
    this.#settings = settings;
    this.#options = options;
  }

  /** Says how many bytes there are at least, as far as that is known: threads are then started in time. */
  expect(bytes: number): void {
    this.#startPool(bytes);
  }

  /** Where the blocks end with an error, it is thrown once all results before it have been given. */
  async *read(blocks: AsyncIterable<Block>, kind: ForcedKind | undefined): AsyncGenerator<ReadBlock> {
    const under: Promise<ReadBlock>[] = [];
    const fail = (error: unknown): void => void under.push(inTurn(Promise.reject(error)));
    for await (const block of untilError(blocks, fail)) {
      under.push(this.#reading(block, kind));
      while (under.length > this.#limit) yield await first(under);
    }
    while (under.length > 0) yield await first(under);
  }

  /** Ends all that is under way: who waits for it gets an error. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pool?.close();
  }

  /** How many blocks are under way while the next one is read. */
  get #limit(): number {
    return this.#readyPool?.capacity ?? 0;
  }

  /** What blocks are handed to; undefined while this thread reads them itself. */
  get #readyPool(): Pool | undefined {
    return this.#options.isOpenEnded || this.#pool?.isReady === true ? this.#pool : undefined;
  }

  #reading(block: Block, kind: ForcedKind | undefined): Promise<ReadBlock> {
    this.#bytes += block.bytes.length;
    this.#startPool(this.#bytes);
    const pool = this.#readyPool;
    const result = pool?.read({ block, kind }) ?? unhurried(this.#reader(block, kind), this.#closing.signal);
    return inTurn(result.then((settled) => ({ block, result: settled })));
  }

  /** Where there are so many bytes to be read that it pays. */
  #startPool(bytes: number): void {
    const { jobs, inlineBytes, isOpenEnded } = this.#options;
    // Whatever is no such number means this thread.
    const isWorthwhile = jobs >= 2 && bytes > inlineBytes;
    if (this.#pool !== undefined || !(isWorthwhile || isOpenEnded) || isAddressSpaceLimited()) return;
    const most = isWorthwhile ? MAX_JOBS : FEW_JOBS;
    this.#pool = new Pool(jobs >= 1 ? Math.min(jobs, most) : 1, this.#settings);
  }
}

/** The blocks before an error, which is handed over: not one of whoever takes them. */
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

/** What is awaited in its turn; until then its failure is nobody's. */
function inTurn<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

async function first(under: Promise<ReadBlock>[]): Promise<ReadBlock> {
  const next = under.shift();
  if (next === undefined) throw new RangeError("nothing is under way");
  return next;
}
