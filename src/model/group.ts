import type { Observation } from "./observation.js";

/**
 * All observations of one key: a list, or a view of what is kept elsewhere, since one key may have very
 * many. Observations of a view are made when they are asked for; to hold them all is to hold the log.
 */
export interface Group<Value> extends Iterable<Observation<Value>> {
  readonly length: number;
  /** From 0, and from the end below that; undefined where there is none. */
  at(index: number): Observation<Value> | undefined;
}

/** A group whose observations are made by `get`, from 0 up to, not including, `length`. */
export function viewOf<Value>(length: number, get: (index: number) => Observation<Value>): Group<Value> {
  return {
    length,
    at: (index) => {
      const place = index < 0 ? length + index : index;
      return place >= 0 && place < length ? get(place) : undefined;
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index++) yield get(index);
    },
  };
}

/** The observations of a group at some of its places. */
export function picked<Value>(group: Group<Value>, places: ArrayLike<number>): Group<Value> {
  if (Array.isArray(group)) return Array.from(places, (place) => existing(group, place));
  return viewOf(places.length, (index) => existing(group, places[index]));
}

/** A group with other values; what else its observations have but place and instant is left behind. */
export function mapped<From, To>(group: Group<From>, convert: (value: From) => To): Group<To> {
  const converted = ({ value, at, instant }: Observation<From>): Observation<To> =>
    instant === undefined ? { value: convert(value), at } : { value: convert(value), at, instant };
  if (Array.isArray(group)) return group.map(converted);
  return viewOf(group.length, (index) => converted(existing(group, index)));
}

function existing<Value>(group: Group<Value>, index = -1): Observation<Value> {
  const observation = group.at(index);
  if (observation === undefined) throw new RangeError(`a group of ${group.length} has no place ${index}`);
  return observation;
}
