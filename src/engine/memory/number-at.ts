/**
 * The word at an index. A wrong index is an error, not a 0. Loops over all of a list are too hot for this check, and
 * cannot go wrong.
 */
export function wordAt(words: Uint32Array, index: number): number {
  return words[index] ?? nothingAt(index);
}

/** The number at an index. */
export function numberAt(numbers: Float64Array, index: number): number {
  return numbers[index] ?? nothingAt(index);
}

function nothingAt(index: number): never {
  throw new RangeError(`there is nothing at index ${index}`);
}
