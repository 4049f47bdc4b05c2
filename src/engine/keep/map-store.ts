import type { Observation } from "../../model/rule.js";
import type { Read, Storage } from "../../model/source.js";
import { boundedKey } from "../memory/bounded-key.js";
import type { Batch, BatchEntry } from "./batch.js";
import type { Entry, ObservationStore } from "./store.js";

/** What the objects of a key and of an observation take in V8, measured by bench/memory.mjs. */
const KEY_BYTES = 160;
const OBSERVATION_BYTES = 120;
/** What a value takes besides, for each of its members and theirs: a slot, and the head of what is in it. */
const MEMBER_BYTES = 24;

/** Keeps anything, by the key's own string. */
export class MapStore implements ObservationStore {
  readonly #combine: Storage["combine"];
  readonly #keeps: Storage["keeps"];
  readonly #groups = new Map<string, Observation<unknown>[]>();
  #bytes = 0;

  constructor(source: Pick<Storage, "combine" | "keeps">) {
    this.#combine = source.combine?.bind(source);
    this.#keeps = source.keeps;
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
    const first = group?.[0];
    if (group === undefined || first === undefined) {
      this.#open(key, counted(observation, count));
      return;
    }
    const summed = this.#combine === undefined ? first : this.#combine(first, observation);
    group[0] = counted(summed, (first.count ?? 0) + count);
  }

  #keep(key: string, observation: Observation<unknown>): void {
    const group = this.#groups.get(key);
    if (group === undefined) {
      this.#open(key, observation);
      return;
    }
    group.push(observation);
    this.#bytes += sizeOf(observation);
  }

  #open(key: string, observation: Observation<unknown>): void {
    this.#groups.set(key, [observation]);
    this.#bytes += KEY_BYTES + 2 * key.length + sizeOf(observation);
  }

  *groups(atLeast: number, read?: Read): Generator<Entry> {
    let number = 0;
    for (const [key, group] of this.#groups) {
      number++;
      if (group.length >= atLeast) yield { number, key, observations: readAs(group, read) };
    }
  }

  of(key: string, read?: Read): readonly Observation<unknown>[] {
    return readAs(this.#groups.get(boundedKey(key)) ?? [], read);
  }
}

function readAs(
  observations: readonly Observation<unknown>[],
  read: Read | undefined,
): readonly Observation<unknown>[] {
  if (read === undefined) return observations;
  return observations.map((one) => ({ ...one, value: read(one.value, undefined) }));
}

/** An observation that stands for this number of observations. */
function counted({ value, at, instant }: Observation<unknown>, count: number): Observation<unknown> {
  return instant === undefined ? { value, at, count } : { value, at, instant, count };
}

function observationOf(
  { value, instant, count }: BatchEntry,
  at: Observation<unknown>["at"],
): Observation<unknown> {
  return {
    value,
    at,
    ...(instant !== undefined && { instant }),
    ...(count > 1 && { count }),
  };
}

function sizeOf({ value }: Observation<unknown>): number {
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
