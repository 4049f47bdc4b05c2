import { keyedHash } from "./keyed-hash.js";
import { numberAt } from "./number-at.js";

const MAX_LOAD = 0.7;
const WORD = 0x100000000;

/** A set of numbers except NaN, in typed memory. Its largest size is known before. */
export class NumberSet {
  /** NaN is an empty slot. */
  readonly #slots: Float64Array;

  /** @param most the largest size */
  constructor(most: number) {
    this.#slots = new Float64Array(Math.ceil(most / MAX_LOAD) + 1).fill(Number.NaN);
  }

  /** Adds a number; false if the set has it already. */
  add(number: number): boolean {
    const slots = this.#slots;
    let slot = Math.floor((hashOf(number) / WORD) * slots.length);
    for (;;) {
      const taken = numberAt(slots, slot);
      if (taken === number) return false;
      if (Number.isNaN(taken)) break;
      slot = slot + 1 === slots.length ? 0 : slot + 1;
    }
    slots[slot] = number;
    return true;
  }
}

const HIGH = new Uint32Array(1);

function hashOf(number: number): number {
  HIGH[0] = Math.floor(number / WORD);
  return keyedHash(number >>> 0, HIGH, 0, 1);
}
