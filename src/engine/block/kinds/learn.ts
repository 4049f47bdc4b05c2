import { isDeepStrictEqual } from "node:util";
import {
  type DigestName,
  MAX_NUMBERS,
  MAX_SLOTS,
  type RowNumber,
  type Slot,
  type Step,
} from "../../../model/kinds.js";
import type { Instant } from "../../../model/observation.js";
import type { Observed, Source } from "../../../model/source.js";
import type { ParsedRecord } from "../../../model/subject.js";
import { KEY_SLOTS } from "../../keep/batch.js";
import { widthOf } from "../../keep/collector.js";
import type { Patterns, TextPattern, ValuePattern } from "../../keep/patterns.js";
import { MAX_KEY_LENGTH } from "../../memory/bounded-key.js";
import type { Kind, Learned } from "./kind.js";
import { type Probe, probeOf } from "./probe.js";

/** Probes of which what is kept must follow one pattern. */
const ROUNDS = 3;

/** The sources of a run by their numbers. */
export type NumberedSources = ReadonlyMap<Source, number>;

/**
 * Finds out what log rules keep of the events of a kind, by asking their sources about some events: a source may put own
 * values and digests into what it keeps, and must not decide by them.
 *
 * @param record an event of the kind
 * @returns null if a source keeps something that no program can write
 */
export function learned(
  kind: Kind,
  record: ParsedRecord,
  sources: NumberedSources,
  patterns: Patterns,
): Learned | null {
  const probes = Array.from({ length: ROUNDS }, (_, round) => probeOf(kind, record, round));
  const program: Step[] = [];
  const shared: Learned["shared"][number][] = [];
  for (const { source } of kind.track.observing) {
    const observed = probes.map(({ examined }) => source.observe(examined));
    if (observed.every((one) => one === undefined)) continue;
    const number = sources.get(source);
    if (number === undefined || !areAll(observed)) return null;
    const found = new Finder(probes, observed, source, number).step(patterns);
    if (found === undefined) return null;
    if ("observed" in found) shared.push(found);
    else program.push(found);
  }
  return { program, shared };
}

function areAll(observed: readonly (Observed | undefined)[]): observed is readonly Observed[] {
  return observed.every((one) => one !== undefined);
}

/** Thrown if the observations of the probes follow no pattern that a program can write. */
class NoPattern extends Error {}

/**
 * Responsible for: one pattern for what a source keeps of several probes.
 * May not: know what the source is about.
 */
class Finder {
  readonly #probes: readonly Probe[];
  readonly #observed: readonly Observed[];
  readonly #source: Source;
  readonly #number: number;
  readonly #slots: Slot[] = [];

  constructor(probes: readonly Probe[], observed: readonly Observed[], source: Source, number: number) {
    this.#probes = probes;
    this.#observed = observed;
    this.#source = source;
    this.#number = number;
  }

  /** A step of a program, or what all events of the kind share; undefined if there is neither. */
  step(patterns: Patterns): Step | Learned["shared"][number] | undefined {
    try {
      return this.#source.store === "map" ? this.#entry(patterns) : this.#row(patterns);
    } catch (error) {
      if (error instanceof NoPattern) return undefined;
      throw error;
    }
  }

  #row(patterns: Patterns): Step {
    const key = this.#text(this.#observed.map((one) => one.key));
    let uuids = 0;
    while (uuids < KEY_SLOTS && this.#isUuid(key[uuids])) uuids++;
    const rest = key.slice(uuids);
    const names = rest.filter((part) => typeof part === "number");
    if (names.some((slot) => this.#slots[slot]?.what !== "name") || names.length + uuids > KEY_SLOTS)
      throw new NoPattern();
    // A key that begins with a constant may begin with a constant UUID, which rows would have in a slot.
    if (uuids < KEY_SLOTS && !isPlainStart(rest[0])) throw new NoPattern();
    if (uuids > 0 && rest.some((part) => typeof part === "string" && WIDE_CHARACTER.test(part)))
      throw new NoPattern();
    const numbers = this.#numbers();
    if (this.#observed.some(({ attachment }) => attachment !== undefined)) throw new NoPattern();
    const pattern = patterns.number(this.#number, { uuids, rest });
    const slots = [...this.#slots, ...NO_SLOTS].slice(0, KEY_SLOTS);
    return { source: this.#number, keeps: "all", pattern, slots, numbers, times: this.#times() };
  }

  #isUuid(part: string | number | undefined): boolean {
    const what = typeof part === "number" ? this.#slots[part]?.what : undefined;
    return what === "uuid" || what === "digest" || what === "instant";
  }

  #entry(patterns: Patterns): Step | Learned["shared"][number] {
    const key = this.#text(this.#observed.map((one) => one.key));
    const value = this.#value(this.#observed.map((one) => one.value));
    const times = this.#times();
    const numbers = this.#attachments();
    const [first] = this.#observed;
    if (first !== undefined && this.#slots.length + times.length + numbers.length === 0) {
      const { keeps, combine } = this.#source;
      if (keeps === undefined && combine === undefined) throw new NoPattern();
      return { source: this.#number, observed: first };
    }
    const slots = this.#slots;
    const pattern = patterns.number(this.#number, {
      slots: slots.map(({ what }) => what),
      key,
      value,
      isAttached: numbers.length > 0,
    });
    return { source: this.#number, keeps: this.#keeps(), pattern, slots, numbers, times };
  }

  #keeps(): Step["keeps"] {
    const { keeps, isLatestKept } = this.#source;
    if (keeps === "first-of-each-value") return "first";
    return this.#observed.every(({ value }) => isLatestKept?.(value) === true) ? "latest" : "all";
  }

  /** One pattern of the same text in all probes. */
  #text(texts: readonly string[]): TextPattern {
    const [pattern = [], ...others] = texts.map((text, index) => this.#partsOf(text, index));
    if (!others.every((other) => isDeepStrictEqual(other, pattern))) throw new NoPattern();
    // Longer keys are shortened, and names may be as long as this.
    if (this.#lengthOf(pattern) > MAX_KEY_LENGTH) throw new NoPattern();
    return pattern;
  }

  /** The most characters that a pattern can have. */
  #lengthOf(pattern: TextPattern): number {
    return pattern.reduce<number>((sum, part) => {
      if (typeof part === "string") return sum + part.length;
      return sum + (this.#slots[part]?.what === "name" ? LONGEST_NAME : UUID_LENGTH);
    }, 0);
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
      parts.push(this.#slotNumber(found.slot));
      at += found.text.length;
      from = at;
    }
    if (from < text.length) parts.push(text.slice(from));
    return parts;
  }

  #slotNumber(slot: Slot): number {
    const known = this.#slots.findIndex((other) => isDeepStrictEqual(other, slot));
    if (known >= 0) return known;
    if (this.#slots.length === MAX_SLOTS) throw new NoPattern();
    return this.#slots.push(slot) - 1;
  }

  #value(values: readonly unknown[]): ValuePattern {
    const [first, ...others] = values;
    if (values.every((value) => typeof value === "string")) return { text: this.#text(values as string[]) };
    const member = this.#integerIn(values);
    if (member !== undefined) return { number: this.#slotNumber({ what: "integer", member }) };
    if (isPlainObject(first)) return { members: this.#members(values as readonly Record<string, unknown>[]) };
    if (others.every((other) => isDeepStrictEqual(other, first))) return { constant: first };
    throw new NoPattern();
  }

  #members(values: readonly Record<string, unknown>[]): Record<string, ValuePattern> {
    const [first = {}, ...others] = values;
    const names = Object.keys(first);
    if (!others.every((other) => isPlainObject(other) && isDeepStrictEqual(Object.keys(other), names)))
      throw new NoPattern();
    return Object.fromEntries(names.map((name) => [name, this.#value(values.map((value) => value[name]))]));
  }

  /** The member whose whole number is the value in all probes. */
  #integerIn(values: readonly unknown[]): number | undefined {
    const first = this.#probes[0]?.integers.find(({ value }) => value === values[0]);
    if (first === undefined) return undefined;
    const isEverywhere = this.#probes.every(({ integers }, index) =>
      integers.some(({ member, value }) => member === first.member && value === values[index]),
    );
    return isEverywhere ? first.member : undefined;
  }

  #numbers(): readonly RowNumber[] {
    const width = widthOf(this.#source);
    const lists = this.#observed.map(({ value }) => (typeof value === "number" ? [value] : value));
    if (!lists.every((list): list is number[] => Array.isArray(list) && list.length === width))
      throw new NoPattern();
    if (width > MAX_NUMBERS) throw new NoPattern();
    return Array.from({ length: width }, (_, index) =>
      this.#numberOf(lists.map((list) => list[index] ?? Number.NaN)),
    );
  }

  #attachments(): readonly RowNumber[] {
    const attachments = this.#observed.map(({ attachment }) => attachment);
    if (attachments.every((attachment) => attachment === undefined)) return [];
    if (!attachments.every((attachment) => typeof attachment === "number")) throw new NoPattern();
    return [this.#numberOf(attachments)];
  }

  #numberOf(values: readonly number[]): RowNumber {
    const [first = Number.NaN] = values;
    if (values.every((value) => value === first)) return { what: "constant", constant: first };
    const member = this.#integerIn(values);
    if (member !== undefined) return { what: "integer", member, constant: 0 };
    for (const digest of DIGESTS) {
      const found = this.#digestPlus(values, digest) ?? this.#packed(values, digest);
      if (found !== undefined) return found;
    }
    throw new NoPattern();
  }

  #digestPlus(values: readonly number[], digest: DigestName): RowNumber | undefined {
    const [constant = Number.NaN, ...others] = values.map(
      (value, index) => value - this.#digest(digest, index),
    );
    return Math.abs(constant) < 2 ** 20 && others.every((other) => other === constant)
      ? { what: "digest", digest, constant }
      : undefined;
  }

  /** Some lower bits of a digest above a constant. */
  #packed(values: readonly number[], digest: DigestName): RowNumber | undefined {
    for (let bits = FEWEST_BITS; bits < SAFE_BITS; bits++) {
      const room = 2 ** (SAFE_BITS - bits);
      const [constant = Number.NaN, ...others] = values.map(
        (value, index) => value - (this.#digest(digest, index) % 2 ** bits) * room,
      );
      if (constant >= 0 && constant < room && others.every((other) => other === constant))
        return { what: "packed", digest, bits, constant };
    }
    return undefined;
  }

  #digest(digest: DigestName, index: number): number {
    return this.#probes[index]?.digests[digest] ?? Number.NaN;
  }

  /** The members whose time is the instant in all probes: none, one, or two of which the earlier counts. */
  #times(): readonly number[] {
    const instants = this.#observed.map(({ instant }) => instant);
    if (instants.every((instant) => instant === undefined)) return [];
    const members = [...new Set(instants.map((instant, index) => this.#timeOf(instant, index)))];
    const isEarliest = this.#probes.every(({ times }, index) => {
      const own = times
        .filter(({ member }) => members.includes(member))
        .map(({ instant }) => instant.seconds);
      return Math.min(...own) === instants[index]?.seconds;
    });
    if (members.length > 2 || !isEarliest) throw new NoPattern();
    return members;
  }

  #timeOf(instant: Instant | undefined, index: number): number {
    const time = this.#probes[index]?.times.find((one) => isDeepStrictEqual(one.instant, instant));
    if (time === undefined) throw new NoPattern();
    return time.member;
  }
}

const NO_SLOTS = new Array<Slot>(KEY_SLOTS).fill({ what: "none" });
const DIGESTS = ["content", "delivery", "payload"] as const;
const SAFE_BITS = 53;
const FEWEST_BITS = 40;

/** The most characters of a name: see assembly/right-values.ts. Whole numbers have fewer than a UUID. */
const LONGEST_NAME = 48;
const UUID_LENGTH = 36;

const BEGINS_WITH_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
const WIDE_CHARACTER = /[\u0100-\uffff]/;

/** Whether what follows the UUIDs of a key is certainly no UUID. */
function isPlainStart(part: string | number | undefined): boolean {
  if (part === undefined) return true;
  return typeof part === "string" && !BEGINS_WITH_UUID.test(part);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
