import { MAX_SLOTS, type Slot } from "../../../model/kinds.js";
import type { TextPattern } from "../../keep/patterns.js";
import { MAX_KEY_LENGTH } from "../../memory/bounded-key.js";
import { NoPattern } from "./no-pattern.js";
import type { Probe } from "./probe.js";

/** The most characters of a name: see assembly/right-values.ts. Whole numbers have fewer than a UUID. */
const LONGEST_NAME = 48;
const UUID_LENGTH = 36;

/** A place in a text that a slot fills. */
interface Filling {
  readonly at: number;
  readonly length: number;
  readonly slot: Slot;
}

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
    if (!others.every((other) => isAlike(other, pattern))) throw new NoPattern();
    if (this.#lengthOf(pattern) > MAX_KEY_LENGTH) throw new NoPattern();
    return pattern;
  }

  /** The parts of a text: slots where it has a text of the probe. */
  #partsOf(text: string, index: number): TextPattern {
    const parts: (string | number)[] = [];
    let from = 0;
    for (const { at, length, slot } of this.#foundIn(text, index)) {
      if (at < from) continue;
      if (at > from) parts.push(text.slice(from, at));
      parts.push(this.slotNumber(slot));
      from = at + length;
    }
    if (from < text.length) parts.push(text.slice(from));
    return parts;
  }

  /** Where a text has texts of the probe, from left to right. */
  #foundIn(text: string, index: number): readonly Filling[] {
    const found: Filling[] = [];
    for (const { text: part, slot } of this.#probes[index]?.texts ?? [])
      for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
        found.push({ at, length: part.length, slot });
    return found.sort((a, b) => a.at - b.at);
  }

  /** The number of a slot; a new one gets the next. */
  slotNumber(slot: Slot): number {
    const known = this.slots.findIndex((other) => areSame(other, slot));
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

function isAlike(a: TextPattern, b: TextPattern): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

function areSame(a: Slot, b: Slot): boolean {
  if (a.what === "digest" || b.what === "digest")
    return a.what === "digest" && b.what === "digest" && a.digest === b.digest;
  if (a.what === "none" || b.what === "none") return a.what === b.what;
  return a.what === b.what && a.member === b.member;
}
