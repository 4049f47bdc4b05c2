import { isDeepStrictEqual } from "node:util";
import { MAX_NUMBERS, type RowNumber, type Slot, type Step } from "../../../model/kinds.js";
import type { Instant } from "../../../model/observation.js";
import type { Observed, Source } from "../../../model/source.js";
import { KEY_SLOTS } from "../../keep/batch.js";
import { widthOf } from "../../keep/collector.js";
import { hasEntryRows, type Patterns, type TextPattern, type ValuePattern } from "../../keep/patterns.js";
import type { Shared } from "./kind.js";
import { NoPattern } from "./no-pattern.js";
import { NumberFinder } from "./number-finder.js";
import type { Probe } from "./probe.js";
import { TextFinder } from "./text-finder.js";

/**
 * Responsible for: one pattern for what a source keeps of several probes.
 * May not: know what the source is about.
 */
export class StepFinder {
  readonly #probes: readonly Probe[];
  readonly #observed: readonly Observed[];
  readonly #source: Source;
  readonly #number: number;
  readonly #texts: TextFinder;
  readonly #numbers: NumberFinder;

  constructor(probes: readonly Probe[], observed: readonly Observed[], source: Source, number: number) {
    this.#probes = probes;
    this.#observed = observed;
    this.#source = source;
    this.#number = number;
    this.#texts = new TextFinder(probes);
    this.#numbers = new NumberFinder(probes);
  }

  /** A step of a program, or what all events of the kind share; undefined if there is neither. */
  step(patterns: Patterns): Step | Shared | undefined {
    try {
      if (this.#source.store === "bins") return this.#instant(patterns);
      return hasEntryRows(this.#source) ? this.#entry(patterns) : this.#row(patterns);
    } catch (error) {
      if (error instanceof NoPattern) return undefined;
      throw error;
    }
  }

  /** Rows of which only the key and the instant count. */
  #instant(patterns: Patterns): Step {
    const rest = this.#texts.patternOf(this.#observed.map((one) => one.key));
    if (this.#texts.slots.length > 0) throw new NoPattern();
    const pattern = patterns.number(this.#number, { uuids: 0, rest });
    return {
      source: this.#number,
      keeps: "all",
      pattern,
      slots: [],
      numbers: [],
      times: this.#times(),
    };
  }

  #row(patterns: Patterns): Step {
    const key = this.#texts.patternOf(this.#observed.map((one) => one.key));
    let uuids = 0;
    while (uuids < KEY_SLOTS && this.#isUuid(key[uuids])) uuids++;
    const rest = key.slice(uuids);
    this.#checkRest(rest, uuids);
    if (this.#observed.some(({ attachment }) => attachment !== undefined)) throw new NoPattern();
    const pattern = patterns.number(this.#number, { uuids, rest });
    const slots = [...this.#texts.slots, ...NO_SLOTS].slice(0, KEY_SLOTS);
    return {
      source: this.#number,
      keeps: "all",
      pattern,
      slots,
      numbers: this.#values(),
      times: this.#times(),
    };
  }

  /** Only names and ids may stand behind the UUIDs, and nothing that a source would write as a UUID of the key. */
  #checkRest(rest: TextPattern, uuids: number): void {
    const names = rest
      .filter((part) => typeof part === "number")
      .map((slot) => this.#texts.slots[slot]?.what);
    if (names.some((what) => what !== "name" && what !== "id")) throw new NoPattern();
    if (names.length + uuids > KEY_SLOTS) throw new NoPattern();
    if (uuids < KEY_SLOTS && !this.#isPlainStart(rest[0])) throw new NoPattern();
    if (uuids > 0 && rest.some((part) => typeof part === "string" && WIDE_CHARACTER.test(part)))
      throw new NoPattern();
  }

  /** Whether what follows the UUIDs of a key is certainly no UUID. */
  #isPlainStart(part: string | number | undefined): boolean {
    if (typeof part === "number") return this.#texts.slots[part]?.what === "id";
    return part === undefined || !BEGINS_WITH_UUID.test(part);
  }

  #isUuid(part: string | number | undefined): boolean {
    const what = typeof part === "number" ? this.#texts.slots[part]?.what : undefined;
    return what === "uuid" || what === "digest" || what === "instant";
  }

  #entry(patterns: Patterns): Step | Shared {
    const key = this.#texts.patternOf(this.#observed.map((one) => one.key));
    const value = this.#value(this.#observed.map((one) => one.value));
    const times = this.#times();
    const numbers = this.#attachments();
    const { slots } = this.#texts;
    if (slots.length + times.length + numbers.length === 0) return this.#shared();
    const pattern = patterns.number(this.#number, {
      slots: slots.map(({ what }) => what),
      key,
      value,
      isAttached: numbers.length > 0,
    });
    return { source: this.#number, keeps: this.#keeps(), pattern, slots, numbers, times };
  }

  #shared(): Shared {
    const [observed] = this.#observed;
    const { store, keeps, combine } = this.#source;
    const areAllKept = store === "map" && keeps === undefined && combine === undefined;
    if (observed === undefined || areAllKept) throw new NoPattern();
    return { source: this.#number, observed };
  }

  #keeps(): Step["keeps"] {
    const { store, isLatestKept } = this.#source;
    if (store === "values") return "first";
    return this.#observed.every(({ value }) => isLatestKept?.(value) === true) ? "latest" : "all";
  }

  #value(values: readonly unknown[]): ValuePattern {
    const [first, ...others] = values;
    if (values.every((value) => typeof value === "string")) return { text: this.#texts.patternOf(values) };
    const member = this.#numbers.integerIn(values);
    if (member !== undefined) return { number: this.#texts.slotNumber({ what: "integer", member }) };
    if (values.every(isPlainObject)) return { members: this.#members(values) };
    if (others.every((other) => isDeepStrictEqual(other, first))) return { constant: first };
    throw new NoPattern();
  }

  #members(values: readonly Record<string, unknown>[]): Record<string, ValuePattern> {
    const [first = {}, ...others] = values;
    const names = Object.keys(first);
    if (!others.every((other) => isDeepStrictEqual(Object.keys(other), names))) throw new NoPattern();
    return Object.fromEntries(names.map((name) => [name, this.#value(values.map((value) => value[name]))]));
  }

  #values(): readonly RowNumber[] {
    const width = widthOf(this.#source);
    const lists = this.#observed.map(({ value }) => (typeof value === "number" ? [value] : value));
    const areRows = lists.every((list): list is number[] => Array.isArray(list) && list.length === width);
    if (!areRows || width > MAX_NUMBERS) throw new NoPattern();
    return Array.from({ length: width }, (_, index) =>
      this.#numbers.numberOf(lists.map((list) => list[index] ?? Number.NaN)),
    );
  }

  #attachments(): readonly RowNumber[] {
    const attachments = this.#observed.map(({ attachment }) => attachment);
    if (attachments.every((attachment) => attachment === undefined)) return [];
    if (!attachments.every((attachment) => typeof attachment === "number")) throw new NoPattern();
    return [this.#numbers.numberOf(attachments)];
  }

  /** The members whose time is the instant in all probes: none, one, or two. Of two times the earlier counts. */
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
    const time = this.#probes[index]?.times.find((one) => isSame(one.instant, instant));
    if (time === undefined) throw new NoPattern();
    return time.member;
  }
}

function isSame(a: Instant, b: Instant | undefined): boolean {
  return a.seconds === b?.seconds && a.fraction === b.fraction;
}

const NO_SLOTS = new Array<Slot>(KEY_SLOTS).fill({ what: "none" });
const BEGINS_WITH_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
const WIDE_CHARACTER = /[\u0100-\uffff]/;

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
