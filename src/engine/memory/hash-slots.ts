import { wordAt } from "./number-at.js";

const FIRST_SLOTS = 1 << 10;
const MAX_LOAD = 0.7;
const NONE = -1;
/** Slots of a region. */
const REGION = 1 << 15;
/** So many numbers wait at once for their regions to come. */
const AT_ONCE = 1 << 18;
/** So much more room than a region needs on average. */
const SPARE = 1.1;

/**
 * Gives out whole numbers from 0 and finds them by the hash of the item that each stands for; 4 bytes a slot. The
 * spare upper bits of a slot keep the part of the hash that does not choose the slot. They rule out most wrong items
 * before anybody loads them from memory.
 */
export class HashSlots {
  /** Number + 1 in the lower bits, the rest of the hash in the upper ones; 0 is an empty slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #size = 0;
  /** The slot that the search has reached. */
  #slot = 0;

  /** Numbers given out so far. */
  get size(): number {
    return this.#size;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** Begins a search: a number that may have this hash; -1 if there is none. */
  first(hash: number): number {
    this.#slot = hash & (this.#slots.length - 1);
    return this.#found(hash);
  }

  /** Continues the search after a number that was not the right one. */
  next(hash: number): number {
    this.#slot = (this.#slot + 1) & (this.#slots.length - 1);
    return this.#found(hash);
  }

  #found(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#slot;
    let taken = wordAt(slots, slot);
    while (taken !== 0 && ((taken ^ hash) & ~mask) !== 0) {
      slot = (slot + 1) & mask;
      taken = wordAt(slots, slot);
    }
    this.#slot = slot;
    return taken === 0 ? NONE : (taken & mask) - 1;
  }

  /**
   * Gives out the next number, for a hash whose search has just ended with -1.
   *
   * @param hashOf gives the hash of a number given out before
   */
  add(hash: number, hashOf: (number: number) => number): number {
    const number = this.#size++;
    this.#put(this.#slot, number, hash);
    if (this.#size > this.#slots.length * MAX_LOAD) this.#grow(hash, hashOf);
    return number;
  }

  #put(slot: number, number: number, hash: number): void {
    const mask = this.#slots.length - 1;
    this.#slots[slot] = (hash & ~mask) | (number + 1);
  }

  #grow(lastHash: number, hashOf: (number: number) => number): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const last = this.#size - 1;
    if (this.#slots.length > REGION) this.#putByRegion(last, hashOf);
    else for (let number = 0; number < last; number++) this.#putAnywhere(number, hashOf(number));
    this.#putAnywhere(last, lastHash);
  }

  #putAnywhere(number: number, hash: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#put(slot, number, hash);
  }

  /** Puts the numbers below `last` region by region: a processor's cache holds a region, not a large table. */
  #putByRegion(last: number, hashOf: (number: number) => number): void {
    const regions = this.#slots.length / REGION;
    const room = Math.ceil((Math.min(last, AT_ONCE) / regions) * SPARE);
    const waiting = new Uint32Array(2 * room * regions);
    for (let from = 0; from < last; from += AT_ONCE)
      this.#putSome(from, Math.min(last, from + AT_ONCE), hashOf, waiting, room);
  }

  #putSome(
    from: number,
    to: number,
    hashOf: (number: number) => number,
    waiting: Uint32Array,
    room: number,
  ): void {
    const mask = this.#slots.length - 1;
    const regions = this.#slots.length / REGION;
    const counts = new Uint32Array(regions);
    for (let number = from; number < to; number++) {
      const hash = hashOf(number);
      const region = Math.floor((hash & mask) / REGION);
      const count = counts[region] ?? 0;
      if (count === room) {
        this.#putAnywhere(number, hash);
        continue;
      }
      const at = 2 * (region * room + count);
      waiting[at] = number;
      waiting[at + 1] = hash;
      counts[region] = count + 1;
    }
    for (let region = 0; region < regions; region++) {
      const end = 2 * (region * room + (counts[region] ?? 0));
      for (let at = 2 * region * room; at < end; at += 2)
        this.#putAnywhere(waiting[at] ?? 0, waiting[at + 1] ?? 0);
    }
  }
}
