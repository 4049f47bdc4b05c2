import type { Worker } from "node:worker_threads";
import type { BlockResult } from "../../engine/passage.js";
import type { Block } from "../../input/frame/blocks.js";
import { blockThread } from "../../package/package-file.js";
import type { ProtocolOptions } from "../protocol/load-protocol.js";
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

/** Number of blocks that wait in each thread, so that none is idle while its next block is on the way. */
const WAITING = 2;

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

interface Pending {
  resolve(result: BlockResult): void;
  reject(error: Error): void;
}

class Thread {
  readonly #worker: Worker;
  /** In the order in which the blocks were given; results come in the same order. */
  readonly #pending: Pending[] = [];
  #failure: Error | undefined;
  isReady = false;

  constructor(settings: WorkerSettings) {
    this.#worker = blockThread(settings);
    this.#worker.on("message", (message: BlockResult | "ready") => {
      if (message === "ready") this.isReady = true;
      else this.#pending.shift()?.resolve(message);
    });
    this.#worker.on("error", (error: Error) => this.#fail(error));
    this.#worker.on("messageerror", (error: Error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error("a thread has ended before its work")));
  }

  get waiting(): number {
    return this.#pending.length;
  }

  read({ block, ...task }: Task): Promise<BlockResult> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    // The block may share a chunk's memory with other blocks; only a copy can be transferred.
    const bytes = Uint8Array.from(block.bytes);
    this.#worker.postMessage({ ...task, block: { ...block, bytes } }, [bytes.buffer]);
    return new Promise((resolve, reject) => this.#pending.push({ resolve, reject }));
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#pending.splice(0)) reject(this.#failure);
  }
}
