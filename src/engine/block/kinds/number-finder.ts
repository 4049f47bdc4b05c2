import type { DigestName, RowNumber } from "../../../model/kinds.js";
import { NoPattern } from "./no-pattern.js";
import type { Probe } from "./probe.js";

const DIGESTS = ["content", "delivery", "payload"] as const;
const SAFE_BITS = 53;
const FEWEST_BITS = 40;
/** What may be added to a digest. */
const MOST_ADDED = 2 ** 20;

/** Finds out how a number comes about, from its values in several probes. */
export class NumberFinder {
  readonly #probes: readonly Probe[];

  constructor(probes: readonly Probe[]) {
    this.#probes = probes;
  }

  /** @throws NoPattern if it comes about in another way than a program can write */
  numberOf(values: readonly number[]): RowNumber {
    const [first = Number.NaN] = values;
    if (values.every((value) => value === first)) return { what: "constant", constant: first };
    const member = this.integerIn(values);
    if (member !== undefined) return { what: "integer", member, constant: 0 };
    for (const digest of DIGESTS) {
      const found = this.#digestPlus(values, digest) ?? this.#packed(values, digest);
      if (found !== undefined) return found;
    }
    throw new NoPattern();
  }

  /** The member whose whole number is the value in all probes. */
  integerIn(values: readonly unknown[]): number | undefined {
    const first = this.#probes[0]?.integers.find(({ value }) => value === values[0]);
    if (first === undefined) return undefined;
    const isEverywhere = this.#probes.every(({ integers }, index) =>
      integers.some(({ member, value }) => member === first.member && value === values[index]),
    );
    return isEverywhere ? first.member : undefined;
  }

  #digestPlus(values: readonly number[], digest: DigestName): RowNumber | undefined {
    const [constant = Number.NaN, ...others] = values.map(
      (value, index) => value - this.#digest(digest, index),
    );
    return Math.abs(constant) < MOST_ADDED && others.every((other) => other === constant)
      ? { what: "digest", digest, constant }
      : undefined;
  }

  /** Some lower bits of a digest above a constant. */
  #packed(values: readonly number[], digest: DigestName): RowNumber | undefined {
    const constantIn = (index: number, bits: number): number =>
      (values[index] ?? Number.NaN) - (this.#digest(digest, index) % 2 ** bits) * 2 ** (SAFE_BITS - bits);
    for (let bits = FEWEST_BITS; bits < SAFE_BITS; bits++) {
      const constant = constantIn(0, bits);
      if (constant < 0 || constant >= 2 ** (SAFE_BITS - bits)) continue;
      if (values.every((_, index) => constantIn(index, bits) === constant))
        return { what: "packed", digest, bits, constant };
    }
    return undefined;
  }

  #digest(digest: DigestName, index: number): number {
    return this.#probes[index]?.digests[digest] ?? Number.NaN;
  }
}
