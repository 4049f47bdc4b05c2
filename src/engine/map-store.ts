import type { Instant, LogRule, Observation, Position } from "../model/rule.js";
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

/** Keeps anything, by the key's own string. */
export class MapStore implements ObservationStore {
  readonly #combine: LogRule["combine"];
  readonly #isDistinct: boolean;
  readonly #groups = new Map<string, Group>();
  #bytes = 0;

  constructor(rule: Pick<LogRule, "combine" | "distinct">) {
    this.#combine = rule.combine?.bind(rule);
    this.#isDistinct = rule.distinct ?? false;
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

  add(name: string, value: unknown, at: Position, instant?: Instant): void {
    this.put(boundedKey(name), value, at, instant);
  }

  put(key: string, value: unknown, at: Position, instant?: Instant): void {
    const group = this.#groups.get(key);
    const observation = instant === undefined ? { value, at } : { value, at, instant };
    const first = group?.observations[0];
    if (group === undefined || first === undefined) {
      this.#groups.set(key, { observations: [observation] });
      this.#bytes += KEY_BYTES + 2 * key.length + sizeOf(value);
    } else if (this.#combine !== undefined) {
      group.observations[0] = this.#combine(first, observation);
    } else if (!this.#isDistinct || isNew(group, value)) {
      group.observations.push(observation);
      this.#bytes += sizeOf(value);
    }
  }

  *groups(atLeast: number): Generator<Entry> {
    for (const [key, { observations }] of this.#groups)
      if (observations.length >= atLeast) yield [key, observations];
  }

  of(key: string): readonly Observation<unknown>[] {
    return this.#groups.get(boundedKey(key))?.observations ?? [];
  }
}

function isNew(group: Group, value: unknown): boolean {
  if (group.observations.length <= FEW_VALUES)
    return group.observations.every((known) => known.value !== value);
  group.seen ??= new Set(group.observations.map((known) => known.value));
  const { size } = group.seen;
  return group.seen.add(value).size > size;
}

function sizeOf(value: unknown): number {
  return OBSERVATION_BYTES + (typeof value === "string" ? 2 * value.length : 0);
}
