import { MAX_SLOTS } from "../../model/kinds.js";

/** A power of two. */
const ENTRIES = 64;
/** The most bytes of a name: see assembly/right-values.ts. */
const LONGEST_NAME = 48;
/** Words and doubles of a slot. */
const [SLOT_WORDS, SLOT_DOUBLES] = [4, 2];
const NO_PATTERN = -1;
const FACTOR = 0x9e3779b1;

/** Some slots of the rows of a pattern, by their indexes. */
export interface NamedSlots {
  readonly pattern: number;
  readonly names: readonly number[];
  readonly integers: readonly number[];
}

/** The slots of a row. */
export interface SlotView {
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
}

/**
 * Remembers which numbers were given to the names and integers in the slots of some rows. In one part of a log the same
 * ones come again and again, and to compare their bytes takes less than to make texts of them.
 */
export class RecentSlots {
  /** The bytes in which names stand. */
  #text: Uint8Array = new Uint8Array(0);
  readonly #patterns = new Int32Array(ENTRIES).fill(NO_PATTERN);
  readonly #numbers = new Int32Array(ENTRIES);
  readonly #lengths = new Uint32Array(ENTRIES * MAX_SLOTS);
  readonly #bytes = new Uint8Array(ENTRIES * MAX_SLOTS * LONGEST_NAME);
  readonly #integers = new Float64Array(ENTRIES * MAX_SLOTS);

  /** Forgets everything: other rows are to come, whose names stand in these bytes. */
  begin(text: Uint8Array): void {
    this.#text = text;
    this.#patterns.fill(NO_PATTERN);
  }

  /**
   * The number that these contents were given; negative if that was long ago.
   *
   * @param slotsAt where the slots of the row begin among the words
   */
  find(slots: NamedSlots, view: SlotView, slotsAt: number): number {
    const entry = this.#entryOf(slots, view, slotsAt);
    const isKnown = this.#patterns[entry] === slots.pattern && this.#holds(entry, slots, view, slotsAt);
    return isKnown ? (this.#numbers[entry] ?? -1) : -1;
  }

  /** Remembers a number, and forgets another one for it. */
  put({ pattern, names, integers }: NamedSlots, view: SlotView, slotsAt: number, number: number): void {
    const { words, doubles } = view;
    const entry = this.#entryOf({ pattern, names, integers }, view, slotsAt);
    this.#patterns[entry] = NO_PATTERN;
    for (const slot of names) {
      const start = words[slotsAt + SLOT_WORDS * slot] ?? 0;
      const length = words[slotsAt + SLOT_WORDS * slot + 1] ?? 0;
      if (length > LONGEST_NAME) return;
      const to = entry * MAX_SLOTS + slot;
      this.#lengths[to] = length;
      for (let index = 0; index < length; index++)
        this.#bytes[to * LONGEST_NAME + index] = this.#text[start + index] ?? 0;
    }
    for (const slot of integers)
      this.#integers[entry * MAX_SLOTS + slot] = doubles[slotsAt / 2 + SLOT_DOUBLES * slot] ?? 0;
    this.#patterns[entry] = pattern;
    this.#numbers[entry] = number;
  }

  /** The entry of some contents: of a few bytes, for what has the same entry is compared. */
  #entryOf({ pattern, names, integers }: NamedSlots, { words, doubles }: SlotView, slotsAt: number): number {
    const text = this.#text;
    let hash = pattern;
    for (const slot of names) {
      const start = words[slotsAt + SLOT_WORDS * slot] ?? 0;
      const length = words[slotsAt + SLOT_WORDS * slot + 1] ?? 0;
      const first = text[start] ?? 0;
      const middle = text[start + (length >>> 1)] ?? 0;
      const last = text[start + length - 1] ?? 0;
      hash = Math.imul(hash ^ (first | (middle << 8) | (last << 16) | (length << 24)), FACTOR);
    }
    for (const slot of integers)
      hash = Math.imul(hash ^ (doubles[slotsAt / 2 + SLOT_DOUBLES * slot] ?? 0), FACTOR);
    return Math.imul(hash ^ (hash >>> 15), FACTOR) >>> (32 - Math.log2(ENTRIES));
  }

  #holds(
    entry: number,
    { names, integers }: NamedSlots,
    { words, doubles }: SlotView,
    slotsAt: number,
  ): boolean {
    const text = this.#text;
    for (const slot of names) {
      const start = words[slotsAt + SLOT_WORDS * slot] ?? 0;
      const length = words[slotsAt + SLOT_WORDS * slot + 1] ?? 0;
      const at = entry * MAX_SLOTS + slot;
      if (this.#lengths[at] !== length) return false;
      for (let index = 0; index < length; index++)
        if (this.#bytes[at * LONGEST_NAME + index] !== text[start + index]) return false;
    }
    for (const slot of integers) {
      const integer = doubles[slotsAt / 2 + SLOT_DOUBLES * slot];
      if (!Object.is(this.#integers[entry * MAX_SLOTS + slot], integer)) return false;
    }
    return true;
  }
}
