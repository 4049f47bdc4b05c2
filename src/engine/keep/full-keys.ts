/** The most keys that are watched, and the longest values: senders choose them, and must not fill the memory. */
const MOST_KEYS = 16;
const MOST_LENGTH = 1024;

/**
 * The keys of a source that already have as many values as a store keeps. Blocks come in the order of the log, so later
 * blocks need not collect values that no store would keep.
 */
export class FullKeys {
  readonly #atMost: number;
  readonly #values = new Map<string, Set<unknown>>();

  /** @param atMost how many values of a key are kept */
  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  has(key: string): boolean {
    return (this.#values.get(key)?.size ?? 0) >= this.#atMost;
  }

  /** Adds a value that a block has shown. */
  add(key: string, value: unknown): void {
    if (typeof value === "string" && value.length > MOST_LENGTH) return;
    const values = this.#values.get(key) ?? new Set<unknown>();
    if (values.size === 0 && this.#values.size === MOST_KEYS) return;
    this.#values.set(key, values);
    if (values.size < this.#atMost) values.add(value);
  }
}
