import { ROW, type Slot } from "../../model/kinds.js";
import type { Instant } from "../../model/observation.js";
import type { Observed, Storage } from "../../model/source.js";
import { uuidFrom } from "../memory/uuid-words.js";
import { type NamedSlots, RecentSlots } from "./recent-slots.js";

/** A text with some slots: the texts between them, and the slots by their indexes. */
export type TextPattern = readonly (string | number)[];

/** The rest of a key, after the UUIDs in its row: a text, which may contain the name in a slot. */
export interface KeyPattern {
  readonly uuids: number;
  readonly rest: TextPattern;
}

/** A value with some slots: a constant, a text, the number in a slot, or an object of such values. */
export type ValuePattern =
  | { readonly constant: unknown }
  | { readonly text: TextPattern }
  | { readonly number: number }
  | { readonly members: Readonly<Record<string, ValuePattern>> };

/** The key and value of an observation, made of slots. */
export interface EntryPattern {
  readonly slots: readonly Slot["what"][];
  readonly key: TextPattern;
  readonly value: ValuePattern;
  /** True if the row's number is the observation's attachment. */
  readonly isAttached: boolean;
}

/** True for a source whose rows follow entry patterns. */
export function hasEntryRows({ store }: Storage): boolean {
  return store === "map" || store === "values";
}

/** Gives equal patterns one number. */
export class Patterns {
  readonly #patterns: (KeyPattern | EntryPattern)[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #recent = new RecentSlots();

  /** For rows whose names stand in these bytes. One serves all collectors, because each reads its rows in one go. */
  recentSlots(text: Uint8Array): RecentSlots {
    this.#recent.begin(text);
    return this.#recent;
  }

  /** @param source that the pattern is for: two sources share none */
  number(source: number, pattern: KeyPattern | EntryPattern): number {
    const key = `${source} ${JSON.stringify(pattern)}`;
    const known = this.#numbers.get(key) ?? this.#patterns.push(pattern) - 1;
    this.#numbers.set(key, known);
    return known;
  }

  keyPattern(number: number): KeyPattern {
    const pattern = this.#patterns[number];
    if (pattern === undefined || "key" in pattern) throw new RangeError(`no key has the pattern ${number}`);
    return pattern;
  }

  entryPattern(number: number): EntryPattern {
    const pattern = this.#patterns[number];
    if (pattern === undefined || !("key" in pattern))
      throw new RangeError(`no entry has the pattern ${number}`);
    return pattern;
  }
}

/** The rest of a row's key, after its UUIDs. */
export function restOf({ rest }: KeyPattern, words: Uint32Array, slotsAt: number, text: Buffer): string {
  return rest.map((part) => (typeof part === "string" ? part : nameIn(words, slotsAt, part, text))).join("");
}

/** The key that all rows of a pattern have; undefined if there is none. */
export function constantKey({ key }: EntryPattern): string | undefined {
  return key.every((part) => typeof part === "string") ? key.join("") : undefined;
}

/** The slot of the UUID that is the key; undefined for other keys. */
export function uuidSlotOf({ key, slots }: EntryPattern): number | undefined {
  const [slot] = key;
  if (key.length !== 1 || typeof slot !== "number") return undefined;
  return slots[slot] === "uuid" ? slot : undefined;
}

/** The slots that the rest of a key is made of. */
export function restSlots(pattern: number, { rest }: KeyPattern): NamedSlots {
  return { pattern, names: rest.filter((part) => typeof part === "number"), integers: [] };
}

/** The slots that a text or a number is made of; undefined for a value of other parts. */
export function valueSlots(pattern: number, { value, slots }: EntryPattern): NamedSlots | undefined {
  const used = "text" in value ? value.text.filter((part) => typeof part === "number") : numbersIn(value);
  if (used === undefined) return undefined;
  const [names, integers] = [
    used.filter((slot) => slots[slot] === "name" || slots[slot] === "id"),
    used.filter((slot) => slots[slot] === "integer"),
  ];
  return names.length + integers.length === used.length ? { pattern, names, integers } : undefined;
}

function numbersIn(value: ValuePattern): readonly number[] | undefined {
  if ("number" in value) return [value.number];
  return "constant" in value ? [] : undefined;
}

/** The observation of a row. */
export function observedIn(
  { slots, key, value, isAttached }: EntryPattern,
  { words, doubles }: { readonly words: Uint32Array; readonly doubles: Float64Array },
  wordAt: number,
  text: Buffer,
): Observed {
  const slotsAt = wordAt + ROW.SLOTS_BYTE / 4;
  const filled = slots.map((what, slot) => slotIn(what, slot, words, doubles, slotsAt, text));
  const doubleAt = wordAt / 2;
  const seconds = doubles[doubleAt + ROW.SECONDS_DOUBLE] ?? Number.NaN;
  const instant: Instant | undefined = Number.isNaN(seconds)
    ? undefined
    : { seconds, fraction: doubles[doubleAt + ROW.FRACTION_DOUBLE] ?? 0 };
  return {
    key: textIn(key, filled),
    value: valueIn(value, filled),
    ...(instant !== undefined && { instant }),
    ...(isAttached && { attachment: doubles[slotsAt / 2 + 2 * slots.length] }),
  };
}

type Filled = string | number;

function slotIn(
  what: Slot["what"],
  slot: number,
  words: Uint32Array,
  doubles: Float64Array,
  slotsAt: number,
  text: Buffer,
): Filled {
  if (what === "name" || what === "id") return nameIn(words, slotsAt, slot, text);
  if (what === "integer") return doubles[slotsAt / 2 + 2 * slot] ?? 0;
  return uuidFrom(words, slotsAt + 4 * slot);
}

function nameIn(words: Uint32Array, slotsAt: number, slot: number, text: Buffer): string {
  const at = slotsAt + 4 * slot;
  const start = words[at] ?? 0;
  return text.toString("latin1", start, start + (words[at + 1] ?? 0));
}

function textIn(pattern: TextPattern, filled: readonly Filled[]): string {
  let text = "";
  for (const part of pattern) text += typeof part === "string" ? part : (filled[part] ?? "");
  return text;
}

function valueIn(pattern: ValuePattern, filled: readonly Filled[]): unknown {
  if ("constant" in pattern) return pattern.constant;
  if ("text" in pattern) return textIn(pattern.text, filled);
  if ("number" in pattern) return filled[pattern.number];
  const value: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(pattern.members)) value[name] = valueIn(member, filled);
  return value;
}
