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

/** The listings of an input, for the two ledgers of its blocks. */
export interface Listings {
  readonly main: Listing;
  readonly familyless: Listing;
}

function noListings(): Listings {
  return { main: new Listing(), familyless: new Listing() };
}

/**
 * The listings of the input that is being read. A report lists the first places of a finding only: once the blocks of an
 * input have listed enough, the places in later ones need not be found. Another input begins anew, because a policy may
 * treat its findings otherwise.
 */
export class InputListings {
  #input: number | undefined;
  #listings = noListings();

  /** @param input undefined for a block that is all of its input */
  of(input: number | undefined): Listings {
    if (input === undefined || input !== this.#input) this.#listings = noListings();
    this.#input = input;
    return this.#listings;
  }
}
