/** What a value takes in V8 besides its characters: its number in a map, its place in a list, and its head. */
const VALUE_BYTES = 100;

/** Gives numbers to values, from 0: texts that come again and again are kept once. */
export class NumberedValues {
  readonly #values: unknown[] = [];
  readonly #numbers = new Map<unknown, number>();
  #bytes = 0;

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The number of a value; undefined if it has none yet. */
  find(value: unknown): number | undefined {
    return this.#numbers.get(value);
  }

  /** The number of a value; a new one gets the next. */
  numberOf(value: unknown): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#values.length);
    this.#bytes += VALUE_BYTES + (typeof value === "string" ? 2 * value.length : 0);
    return this.#values.push(value) - 1;
  }

  value(number: number): unknown {
    return this.#values[number];
  }
}
