import type { Observation } from "../../model/rule.js";
import type { Read, Storage } from "../../model/source.js";
import { boundedKey } from "../memory/bounded-key.js";
import { isAnother } from "../memory/is-another.js";
import type { Batch, BatchEntry } from "./batch.js";
import type { Entry, ObservationStore } from "./store.js";

interface Group {
  readonly observations: Observation<unknown>[];
  /** Where each value is, once they are too many to be looked through. */
  places?: Map<unknown, number>;
}

const FEW_VALUES = 16;
/** Keys with up to so many values have a course. */
const COURSE_VALUES = 8;
/** A course is short: thousands are remembered, and senders choose what is in them. */
const COURSE_LENGTH = 1024;

/** What the objects of a key and of an observation take in V8, measured by bench/memory.mjs. */
const KEY_BYTES = 160;
const OBSERVATION_BYTES = 120;
/** What a value takes besides, for each of its members and theirs: a slot, and the head of what is in it. */
const MEMBER_BYTES = 24;

/** Keeps anything, by the key's own string. */
export class MapStore implements ObservationStore {
  readonly #combine: Storage["combine"];
  readonly #keeps: Storage["keeps"];
  readonly #atMost: number;
  readonly #groups = new Map<string, Group>();
  #bytes = 0;

  constructor(source: Pick<Storage, "combine" | "keeps" | "keepsAtMost">) {
    this.#combine = source.combine?.bind(source);
    this.#keeps = source.keeps;
    this.#atMost = source.keepsAtMost ?? Number.POSITIVE_INFINITY;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  get size(): number {
    return this.#groups.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get heapBytes(): number {
    return this.#bytes;
  }

  take(batch: Batch, input: number, firstLine: number): void {
    if (!("entries" in batch)) throw new TypeError("this store keeps entries");
    for (const entry of batch.entries) {
      const at = { input, line: firstLine + entry.line };
      const observation = observationOf(entry, at);
      if (this.#keeps === "first" || this.#combine !== undefined)
        this.#sum(entry.key, observation, entry.count);
      else this.#keep(entry.key, observation);
    }
  }

  #sum(key: string, observation: Observation<unknown>, count: number): void {
    const group = this.#groups.get(key);
    const first = group?.observations[0];
    if (group === undefined || first === undefined) {
      this.#open(key, counted(observation, count));
      return;
    }
    const summed = this.#combine === undefined ? first : this.#combine(first, observation);
    group.observations[0] = counted(summed, (first.count ?? 0) + count);
  }

  #keep(key: string, observation: Observation<unknown>): void {
    const group = this.#groups.get(key);
    if (group === undefined) {
      this.#open(key, observation);
      return;
    }
    const { observations } = group;
    const place = this.#keeps === undefined ? NEW : placeOf(group, observation.value);
    if (place === NEW) {
      if (observations.length < this.#atMost) this.#append(group, observation);
      return;
    }
    const first = observations[place];
    if (first !== undefined && isAnother(first, observation.count ?? 1, observation.attachment))
      observations[place] = { ...first, count: 2 };
  }

  #append({ observations, places }: Group, observation: Observation<unknown>): void {
    places?.set(observation.value, observations.length);
    observations.push(observation);
    this.#bytes += sizeOf(observation);
  }

  #open(key: string, observation: Observation<unknown>): void {
    this.#groups.set(key, { observations: [observation] });
    this.#bytes += KEY_BYTES + 2 * key.length + sizeOf(observation);
  }

  *groups(atLeast: number, read?: Read): Generator<Entry> {
    let number = 0;
    for (const [key, { observations }] of this.#groups) {
      number++;
      if (observations.length >= atLeast) yield new MapEntry(number, key, observations, read);
    }
  }

  of(key: string, read?: Read): readonly Observation<unknown>[] {
    return readAs(this.#groups.get(boundedKey(key))?.observations ?? [], read);
  }
}

class MapEntry implements Entry {
  readonly number: number;
  readonly key: string;
  readonly #kept: readonly Observation<unknown>[];
  readonly #read: Read | undefined;

  constructor(number: number, key: string, kept: readonly Observation<unknown>[], read: Read | undefined) {
    this.number = number;
    this.key = key;
    this.#kept = kept;
    this.#read = read;
  }

  get observations(): readonly Observation<unknown>[] {
    return readAs(this.#kept, this.#read);
  }

  /** The values and their counts, one text behind the other. */
  course(): string | undefined {
    if (this.#kept.length > COURSE_VALUES) return undefined;
    let course = "";
    for (const { value, count = 1, instant } of this.#kept) {
      if (typeof value !== "string" || instant !== undefined) return undefined;
      if (course.length + value.length > COURSE_LENGTH) return undefined;
      course += `${count} ${value.length} ${value}`;
    }
    return course;
  }
}

function readAs(
  observations: readonly Observation<unknown>[],
  read: Read | undefined,
): readonly Observation<unknown>[] {
  if (read === undefined) return observations;
  return observations.map((one) => ({ ...one, value: read(one.value, one.attachment) }));
}

/** An observation that stands for so many. */
function counted({ value, at, instant }: Observation<unknown>, count: number): Observation<unknown> {
  return instant === undefined ? { value, at, count } : { value, at, instant, count };
}

function observationOf(
  { value, instant, count, attachment }: BatchEntry,
  at: Observation<unknown>["at"],
): Observation<unknown> {
  return {
    value,
    at,
    ...(instant !== undefined && { instant }),
    ...(count > 1 && { count }),
    ...(attachment !== undefined && { attachment }),
  };
}

const NEW = -1;

/** Where a value is in a group; NEW where it is not there. */
function placeOf(group: Group, value: unknown): number {
  const { observations } = group;
  if (observations.length <= FEW_VALUES) return observations.findIndex((known) => known.value === value);
  group.places ??= new Map(observations.map((known, place) => [known.value, place]));
  return group.places.get(value) ?? NEW;
}

function sizeOf({ value, attachment }: Observation<unknown>): number {
  let bytes = OBSERVATION_BYTES + (attachment === undefined ? 0 : MEMBER_BYTES);
  const parts = [value];
  for (const part of parts) {
    if (typeof part === "string") bytes += 2 * part.length;
    if (typeof part !== "object" || part === null) continue;
    for (const member of Object.values(part)) {
      bytes += MEMBER_BYTES;
      parts.push(member);
    }
  }
  return bytes;
}
