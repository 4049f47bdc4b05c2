const MAX_LOAD = 0.7;

/** A set of numbers, none of them NaN, in typed memory; how many they can be is known before. */
export class NumberSet {
  /** NaN is an empty slot. */
  readonly #slots: Float64Array;
  readonly #shift: number;

  /** @param most how many numbers there may be */
  constructor(most: number) {
    const bits = Math.max(1, Math.ceil(Math.log2(most / MAX_LOAD)));
    this.#slots = new Float64Array(2 ** bits).fill(Number.NaN);
    this.#shift = 32 - bits;
  }

  /** Adds a number; false where it is there. */
  add(number: number): boolean {
    const slots = this.#slots;
    let slot = hashOf(number) >>> this.#shift;
    for (;;) {
      const taken = slots[slot] ?? 0;
      if (taken === number) return false;
      if (Number.isNaN(taken)) break;
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = number;
    return true;
  }
}

/** Of safe integers all bits count. */
function hashOf(number: number): number {
  const high = Math.imul(Math.floor(number / 0x100000000), 0x85ebca6b);
  const hash = Math.imul((number ^ high) >>> 0, 0x9e3779b1);
  return Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
}
