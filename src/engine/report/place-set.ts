/** Places of records, counted from 0: see SharedLines. */
export interface PlaceSet {
  readonly size: number;
  /** The first of them from a place on; undefined if there is none. */
  next(from: number): number | undefined;
}

/** @param at gives the places in ascending order, by their indexes; a place may come several times */
export function placesBy(size: number, at: (index: number) => number): PlaceSet {
  const next = (place: number): number | undefined => {
    let [from, to] = [0, size];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (at(middle) < place) from = middle + 1;
      else to = middle;
    }
    return from < size ? at(from) : undefined;
  };
  return { size, next };
}

export function placesIn(places: Iterable<number>): PlaceSet {
  const sorted = Float64Array.from(places).sort();
  return placesBy(sorted.length, (index) => sorted[index] ?? Number.NaN);
}
