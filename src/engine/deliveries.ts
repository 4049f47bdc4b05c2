import { type Group, picked } from "../model/group.js";

/**
 * Leaves out redeliveries: of the observations for which `deliveryOf` gives the same number, the first
 * stays. One for which it gives nothing stays too.
 */
export function deliveredOnce<Value>(
  group: Group<Value>,
  deliveryOf: (value: Value) => number | undefined,
): Group<Value> {
  if (group.length <= FEW && allDiffer(group, deliveryOf)) return group;
  const repeated = repeatedNumbers(numbersOf(group, deliveryOf));
  if (repeated.length === 0) return group;
  const isSeen = new Uint8Array(repeated.length);
  const places = new Uint32Array(group.length);
  let kept = 0;
  let place = 0;
  for (const { value } of group) {
    const delivery = deliveryOf(value);
    const index = delivery === undefined ? -1 : indexOf(repeated, delivery);
    if (index < 0 || isSeen[index] === 0) places[kept++] = place;
    if (index >= 0) isSeen[index] = 1;
    place++;
  }
  return picked(group, places.subarray(0, kept));
}

/** In so few observations looking at all pairs is the fastest way. */
const FEW = 16;

function allDiffer<Value>(group: Group<Value>, deliveryOf: (value: Value) => number | undefined): boolean {
  const seen: number[] = [];
  for (const { value } of group) {
    const delivery = deliveryOf(value);
    if (delivery === undefined) continue;
    if (seen.includes(delivery)) return false;
    seen.push(delivery);
  }
  return true;
}

function numbersOf<Value>(
  group: Group<Value>,
  deliveryOf: (value: Value) => number | undefined,
): Float64Array {
  const numbers = new Float64Array(group.length);
  let count = 0;
  for (const { value } of group) {
    const delivery = deliveryOf(value);
    if (delivery !== undefined) numbers[count++] = delivery;
  }
  return numbers.subarray(0, count);
}

/** The numbers that come more than once, each once, in ascending order. Sorts the list it is given. */
function repeatedNumbers(numbers: Float64Array): Float64Array {
  numbers.sort();
  let count = 0;
  for (let at = 1; at < numbers.length; at++) {
    const number = numbers[at] ?? 0;
    if (number === numbers[at - 1] && (count === 0 || numbers[count - 1] !== number))
      numbers[count++] = number;
  }
  return numbers.subarray(0, count);
}

/** Where a number stands in a sorted list; -1 where it does not. */
function indexOf(sorted: Float64Array, number: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? 0) < number) from = middle + 1;
    else to = middle;
  }
  return sorted[from] === number ? from : -1;
}
