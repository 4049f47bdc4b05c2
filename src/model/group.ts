import type { Observation } from "./observation.js";

/**
 * All observations of one key: a list, or a view that makes each observation when a rule asks for it. One key may have
 * very many observations, so do not hold all of them.
 */
export interface Group<Value> extends Iterable<Observation<Value>> {
  readonly length: number;
  /** From 0, and from the end below that; undefined where there is none. */
  at(index: number): Observation<Value> | undefined;
}

/** A group whose observations stand elsewhere, at some places. */
class View<Value> implements Group<Value> {
  readonly length: number;
  readonly #find: () => Uint32Array;
  readonly #get: (place: number) => Observation<Value>;
  #found: Uint32Array | undefined;

  constructor(length: number, find: () => Uint32Array, get: (place: number) => Observation<Value>) {
    this.length = length;
    this.#find = find;
    this.#get = get;
  }

  /** Some rules look at no observation of a group. */
  get #places(): Uint32Array {
    this.#found ??= this.#find();
    return this.#found;
  }

  at(index: number): Observation<Value> | undefined {
    const place = this.#places[index < 0 ? this.length + index : index];
    return place === undefined ? undefined : this.#get(place);
  }

  picked(indexes: Uint32Array): View<Value> {
    const places = this.#places;
    const find = (): Uint32Array => indexes.map((index) => existing(places[index], index));
    return new View(indexes.length, find, this.#get);
  }

  /** No generator, which takes several times as long. */
  [Symbol.iterator](): Iterator<Observation<Value>> {
    const places = this.#places;
    let index = 0;
    const next = (): IteratorResult<Observation<Value>> => {
      const place = places[index++];
      return place === undefined
        ? { done: true, value: undefined }
        : { done: false, value: this.#get(place) };
    };
    return { next };
  }
}

/**
 * A group whose observations are made by `get`, from their places.
 *
 * @param find gives the places; it is called when the first observation is asked for
 */
export function viewOf<Value>(
  length: number,
  find: () => Uint32Array,
  get: (place: number) => Observation<Value>,
): Group<Value> {
  return new View(length, find, get);
}

/** The observations of a group at some of its indexes. */
export function picked<Value>(group: Group<Value>, indexes: Uint32Array): Group<Value> {
  if (group instanceof View) return group.picked(indexes);
  return Array.from(indexes, (index) => existing(group.at(index), index));
}

function existing<Thing>(thing: Thing | undefined, index: number): Thing {
  if (thing === undefined) throw new RangeError(`a group has no place ${index}`);
  return thing;
}
