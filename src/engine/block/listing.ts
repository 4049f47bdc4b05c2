import type { Ledger } from "../ledger.js";

/** How many places of each finding some blocks have listed, which come in the order of the log. */
export class Listing {
  readonly #listed = new Map<string, number>();

  /** @param key of a group */
  listed(key: string): number {
    return this.#listed.get(key) ?? 0;
  }

  /** Adds what the next block has listed. */
  add({ groups }: Ledger): void {
    for (const [key, { locations }] of groups) this.#listed.set(key, this.listed(key) + locations.length);
  }
}
