import { createHash } from "node:crypto";

/** What a value takes in V8 besides its characters: its number in a map, its place in a list, and its head. */
const VALUE_BYTES = 100;
/** V8 hashes longer texts by their length alone: a map of many would be searched from end to end. */
const LONGEST_HASHED = 16_383;

/** Gives numbers to values, from 0: texts that come again and again are kept once. */
export class NumberedValues {
  readonly #values: unknown[] = [];
  readonly #numbers = new Map<unknown, number>();
  #bytes = 0;

  /** The values by their numbers. */
  get list(): readonly unknown[] {
    return this.#values;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The number of a value; undefined if it has none yet. */
  find(value: unknown): number | undefined {
    return this.#numbers.get(knownBy(value));
  }

  /** The number of a value; a new one gets the next. */
  numberOf(value: unknown): number {
    const key = knownBy(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#values.length);
    this.#bytes += VALUE_BYTES + (typeof value === "string" ? 2 * value.length : 0);
    return this.#values.push(value) - 1;
  }

  value(number: number): unknown {
    return this.#values[number];
  }
}

/**
 * The key of a value in a map: the value itself, or the digest of a long text. The digest is a bigint; no value is a
 * bigint.
 */
function knownBy(value: unknown): unknown {
  if (typeof value !== "string" || value.length <= LONGEST_HASHED) return value;
  return BigInt(`0x${createHash("sha256").update(value, "utf16le").digest("hex")}`);
}
