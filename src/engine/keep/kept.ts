import type { Observer } from "../../model/chart.js";
import type { Batch } from "./batch.js";
import { storeFor } from "./open-store.js";
import type { ObservationStore } from "./store.js";

/** How much the log rules were allowed to keep, when it was not enough, and the input in which that showed. */
export interface Shortage {
  readonly limit: string;
  readonly input: number;
}

/** Log rules and charts that name the same source, with what is kept for them. */
export interface Kept extends Observer {
  /** In place of a store that has been given up: what there was too little of. */
  store: ObservationStore | Shortage;
}

/**
 * How many bytes the log rules may keep on V8's heap, which on small machines ends at 2 GB. It also keeps
 * Maps and Sets well below the 2^24 entries at which they end.
 */
const MAX_HEAP = 1e9;

/** What the log rules keep of a whole log, within a budget for all of them together. */
export class KeptObservations {
  readonly #maxState: number;
  /** By the id of the observer. */
  readonly #kept: ReadonlyMap<string, Kept>;

  /** @param maxState how many bytes the log rules may keep together */
  constructor(observers: readonly Observer[], maxState: number) {
    this.#maxState = maxState;
    this.#kept = new Map(
      observers.map((observer) => [observer.id, { ...observer, store: storeFor(observer.source) }]),
    );
  }

  [Symbol.iterator](): Iterator<Readonly<Kept>> {
    return this.#kept.values();
  }

  /**
   * Takes in a part of an input. Must be called in log order for each key.
   *
   * @param firstLine of the part, in its input
   */
  take(batch: Batch, input: number, firstLine: number): void {
    const store = this.#kept.get(batch.rule)?.store;
    if (store !== undefined && "take" in store) store.take(batch, input, firstLine);
  }

  /** Makes groups in steps, if that takes long. Without it, the first use of a group waits for all of them. */
  *arrange(): Generator<undefined> {
    for (const { store } of this.#kept.values())
      if ("take" in store && store.arrange !== undefined) yield* store.arrange();
  }

  /** Drops the observations of a rule, and of the rules that share them. Dropped observations do not come back. */
  giveUp(rule: string, shortage: Shortage): void {
    const kept = this.#kept.get(rule);
    if (kept !== undefined && "take" in kept.store) kept.store = shortage;
  }

  /**
   * Gives up what takes more than it may. To be called now and then while batches are taken in.
   *
   * @param input that is being taken in
   */
  keepWithinBudget(input: number): void {
    const [heap, all] = [`${MAX_HEAP} bytes of strings and objects`, `${this.#maxState} bytes (--max-state)`];
    this.#giveUpBeyond(MAX_HEAP, { limit: heap, input }, ({ heapBytes }) => heapBytes);
    this.#giveUpBeyond(this.#maxState, { limit: all, input }, ({ bytes }) => bytes);
  }

  /** Gives up the largest stores while all together take more than they may: their rules end undecided. */
  #giveUpBeyond(most: number, shortage: Shortage, bytesOf: (store: ObservationStore) => number): void {
    for (;;) {
      let total = 0;
      let [largest, bytesOfLargest]: [Kept | undefined, number] = [undefined, 0];
      for (const kept of this.#kept.values()) {
        if ("limit" in kept.store || kept.store.isEmpty) continue;
        const bytes = bytesOf(kept.store);
        total += bytes;
        if (largest === undefined || bytes > bytesOfLargest) [largest, bytesOfLargest] = [kept, bytes];
      }
      if (largest === undefined || total <= most) return;
      largest.store = shortage;
    }
  }
}
