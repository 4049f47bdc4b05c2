/** Counts records by what they have in common, with the line of the first. */
export class Tallies<Thing> {
  readonly #tallies = new Map<Thing, { count: number; first: number }>();

  add(thing: Thing, count: number, first: number): void {
    const tally = this.#tallies.get(thing);
    if (tally === undefined) {
      this.#tallies.set(thing, { count, first });
      return;
    }
    tally.count += count;
    if (first < tally.first) tally.first = first;
  }

  [Symbol.iterator](): Iterator<
    readonly [thing: Thing, tally: { readonly count: number; readonly first: number }]
  > {
    return this.#tallies.entries();
  }
}
