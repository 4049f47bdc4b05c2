import { isDeepStrictEqual } from "node:util";
import { MAX_SLOTS, type Slot } from "../../../model/kinds.js";
import type { TextPattern } from "../../keep/patterns.js";
import { MAX_KEY_LENGTH } from "../../memory/bounded-key.js";
import { NoPattern } from "./no-pattern.js";
import type { Probe } from "./probe.js";

/** The most characters of a name: see assembly/right-values.ts. Whole numbers have fewer than a UUID. */
const LONGEST_NAME = 48;
const UUID_LENGTH = 36;

/** Finds out of what slots texts are made, from these texts in several probes. */
export class TextFinder {
  /** The slots of all texts so far. */
  readonly slots: Slot[] = [];
  readonly #probes: readonly Probe[];

  constructor(probes: readonly Probe[]) {
    this.#probes = probes;
  }

  /**
   * One pattern of the same text in all probes.
   *
   * @throws NoPattern if there is none, or if a text may be so long that a key would be shortened
   */
  patternOf(texts: readonly string[]): TextPattern {
    const [pattern = [], ...others] = texts.map((text, index) => this.#partsOf(text, index));
    if (!others.every((other) => isDeepStrictEqual(other, pattern))) throw new NoPattern();
    if (this.#lengthOf(pattern) > MAX_KEY_LENGTH) throw new NoPattern();
    return pattern;
  }

  /** The parts of a text: slots where it has a text of the probe. */
  #partsOf(text: string, index: number): TextPattern {
    const { texts } = this.#probes[index] ?? { texts: [] };
    const parts: (string | number)[] = [];
    let from = 0;
    for (let at = 0; at < text.length; ) {
      const found = texts.find((candidate) => text.startsWith(candidate.text, at));
      if (found === undefined) {
        at++;
        continue;
      }
      if (at > from) parts.push(text.slice(from, at));
      parts.push(this.slotNumber(found.slot));
      at += found.text.length;
      from = at;
    }
    if (from < text.length) parts.push(text.slice(from));
    return parts;
  }

  /** The number of a slot; a new one gets the next. */
  slotNumber(slot: Slot): number {
    const known = this.slots.findIndex((other) => isDeepStrictEqual(other, slot));
    if (known >= 0) return known;
    if (this.slots.length === MAX_SLOTS) throw new NoPattern();
    return this.slots.push(slot) - 1;
  }

  /** The most characters that a pattern can have. */
  #lengthOf(pattern: TextPattern): number {
    return pattern.reduce<number>((sum, part) => {
      if (typeof part === "string") return sum + part.length;
      return sum + (this.slots[part]?.what === "name" ? LONGEST_NAME : UUID_LENGTH);
    }, 0);
  }
}
