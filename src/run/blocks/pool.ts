import type { Worker } from "node:worker_threads";
import type { BlockResult } from "../../engine/passage.js";
import type { Block } from "../../input/frame/blocks.js";
import { isReadError, reasonOf } from "../../input/open/reasons.js";
import { blockThread } from "../../package/package-file.js";
import type { ProtocolOptions } from "../protocol/load-protocol.js";
import { UnreadableFile } from "../protocol/protocol-files.js";
import type { BlockReaderOptions, ForcedKind } from "./block-reader.js";

/** Sent to each thread once, when it starts. */
export interface WorkerSettings {
  readonly protocol: ProtocolOptions;
  readonly reader: BlockReaderOptions;
}

export interface Task {
  readonly block: Block;
  readonly kind: ForcedKind | undefined;
  /** See BlockChecker. */
  readonly input: number;
}

/** What a thread sends for a block. */
export interface Answer {
  readonly result: BlockResult;
  /** The memory of the block, for a later one. */
  readonly spent: ArrayBuffer;
}

/** Number of blocks that wait in each thread, so that none is idle while its next block is on the way. */
const WAITING = 3;

/** Threads that read blocks. */
export class Pool {
  readonly #threads: readonly Thread[];

  /** Starts `size` threads; they accept blocks at once. */
  constructor(size: number, settings: WorkerSettings) {
    this.#threads = Array.from({ length: size }, () => new Thread(settings));
  }

  /** Number of blocks that keeps all threads busy. */
  get capacity(): number {
    return this.#threads.length * WAITING;
  }

  /** True if no thread needs another block yet. */
  get isBusy(): boolean {
    return this.#threads.every(({ waiting }) => waiting >= WAITING);
  }

  /** True if all threads have started. */
  get isReady(): boolean {
    return this.#threads.every(({ isReady }) => isReady);
  }

  /**
   * The result of a block. The promise is rejected if the thread fails.
   *
   * @param task its bytes are copied, so that the caller keeps them
   */
  read(task: Task): Promise<BlockResult> {
    const thread = this.#threads.reduce((a, b) => (b.waiting < a.waiting ? b : a));
    return thread.read(task);
  }

  /** Ends all threads at once. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

/** Blocks are about as long as each other: with a little more room, the memory of one is enough for others. */
const ROOM = 1 << 18;
/** Memory of larger blocks is not kept. */
const MOST_SPENT = 1 << 22;

function roomFor(length: number): number {
  return Math.ceil(length / ROOM) * ROOM;
}

interface Pending {
  resolve(result: BlockResult): void;
  reject(error: Error): void;
}

class Thread {
  readonly #worker: Worker;
  /** In the order in which the blocks were given; results come in the same order. */
  readonly #pending: Pending[] = [];
  /** Memory that the thread has given back. */
  readonly #spent: ArrayBuffer[] = [];
  #failure: Error | undefined;
  isReady = false;

  constructor(settings: WorkerSettings) {
    this.#worker = blockThread(settings);
    this.#worker.on("message", (message: Answer | "ready") => {
      if (message === "ready") this.isReady = true;
      else this.#take(message);
    });
    this.#worker.on("error", (error: Error) => this.#fail(failureOf(error)));
    this.#worker.on("messageerror", (error: Error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error("a thread has ended before its work")));
  }

  get waiting(): number {
    return this.#pending.length;
  }

  read({ block, ...task }: Task): Promise<BlockResult> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const bytes = this.#copyOf(block.bytes);
    this.#worker.postMessage({ ...task, block: { ...block, bytes } }, [bytes.buffer]);
    return new Promise((resolve, reject) => this.#pending.push({ resolve, reject }));
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #take({ result, spent }: Answer): void {
    if (spent.byteLength <= MOST_SPENT) this.#spent.push(spent);
    this.#pending.shift()?.resolve(result);
  }

  /**
   * A copy in memory that can be transferred: a block may share a chunk's memory with others. To copy into fresh memory
   * takes several times as long as into memory that was written before.
   */
  #copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const spent = this.#spent.pop();
    const isLarge = spent !== undefined && spent.byteLength >= bytes.length;
    const copy = new Uint8Array(isLarge ? spent : new ArrayBuffer(roomFor(bytes.length)), 0, bytes.length);
    copy.set(bytes);
    return copy;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#pending.splice(0)) reject(this.#failure);
  }
}

/** A thread reads no log: what it cannot read is a file of this program, such as its own code. */
function failureOf(error: Error): Error {
  if (!isReadError(error)) return error;
  const [what = ""] =
    error.path === undefined ? error.message.split("\n") : [`${error.path}: ${reasonOf(error)}`];
  return new UnreadableFile(
    `${what} (a file of mplp-check itself, which was there when the run began): install mplp-check again, then check again`,
  );
}
