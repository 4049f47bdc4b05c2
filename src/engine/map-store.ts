import type { LogRule, Observation } from "../model/rule.js";
import type { Batch } from "./batch.js";
import { boundedKey } from "./bounded-key.js";
import type { Entry, ObservationStore } from "./observation-store.js";

interface Group {
  readonly observations: Observation<unknown>[];
  /** The values that are there, once they are too many to be looked through. */
  seen?: Set<unknown>;
}

const FEW_VALUES = 16;

/** What the objects of a key and of an observation take in V8, measured by bench/memory.mjs. */
const KEY_BYTES = 160;
const OBSERVATION_BYTES = 120;
/** What a value takes besides, for each of its members and theirs: a slot, and the head of what is in it. */
const MEMBER_BYTES = 24;

/** Keeps anything, by the key's own string. */
export class MapStore implements ObservationStore {
  readonly #combine: LogRule["combine"];
  readonly #keeps: LogRule["keeps"];
  readonly #atMost: number;
  readonly #groups = new Map<string, Group>();
  #bytes = 0;

  constructor(rule: Pick<LogRule, "combine" | "keeps" | "keepsAtMost">) {
    this.#combine = rule.combine?.bind(rule);
    this.#keeps = rule.keeps;
    this.#atMost = rule.keepsAtMost ?? Number.POSITIVE_INFINITY;
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
    for (const { key, value, line, instant, count } of batch.entries) {
      const at = { input, line: firstLine + line };
      const observation = instant === undefined ? { value, at } : { value, at, instant };
      if (this.#keeps === "first" || this.#combine !== undefined) this.#sum(key, observation, count);
      else this.#keep(key, observation);
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
    } else if (group.observations.length >= this.#atMost) {
      return;
    } else if (this.#keeps === undefined || isNew(group, observation.value)) {
      group.observations.push(observation);
      this.#bytes += sizeOf(observation.value);
    }
  }

  #open(key: string, observation: Observation<unknown>): void {
    this.#groups.set(key, { observations: [observation] });
    this.#bytes += KEY_BYTES + 2 * key.length + sizeOf(observation.value);
  }

  *groups(atLeast: number): Generator<Entry> {
    for (const [key, { observations }] of this.#groups)
      if (observations.length >= atLeast) yield [key, observations];
  }

  of(key: string): readonly Observation<unknown>[] {
    return this.#groups.get(boundedKey(key))?.observations ?? [];
  }
}

/** An observation that stands for so many. */
function counted({ value, at, instant }: Observation<unknown>, count: number): Observation<unknown> {
  return instant === undefined ? { value, at, count } : { value, at, instant, count };
}

function isNew(group: Group, value: unknown): boolean {
  if (group.observations.length <= FEW_VALUES)
    return group.observations.every((known) => known.value !== value);
  group.seen ??= new Set(group.observations.map((known) => known.value));
  const { size } = group.seen;
  return group.seen.add(value).size > size;
}

function sizeOf(value: unknown): number {
  let bytes = OBSERVATION_BYTES;
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
