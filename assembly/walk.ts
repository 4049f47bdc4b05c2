// The second look at a record: its members and values, one after the other.
import { DEEP, INTRICATE, UNUSUAL } from "./flags";
import { ARRAY, indexHash, mixed, OBJECT, SCALAR, STRING, textHash } from "./hash";
import { foldedId } from "./ids";
import { isUsual } from "./numbers";
import { forgetPlaces, isNewPlace } from "./places";
import { isUsualEscape, nextQuote } from "./strings";

const BLANK: u8 = 0x20;
const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const OPEN_BRACKET: u8 = 0x5b;
const CLOSE_BRACKET: u8 = 0x5d;
const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u8 = 0x7d;

/** "event_id" */
const EVENT_ID: u64 = 0x64695f746e657665;

/** The sums of the hashes of all that the last record holds: without its event_id, and of that alone. */
export let contentSum: u64 = 0;
export let idSum: u64 = 0;

let hasUnusualEscape = false;

/**
 * Reads a record, which need not be JSON: what comes of it then means nothing.
 *
 * @param levels where to keep the containers around a value: 16 bytes for each of `maxLevels`
 * @returns flags
 */
export function walk(start: usize, end: usize, quotes: usize, levels: usize, maxLevels: u32): u32 {
  forgetPlaces();
  let flags: u32 = 0;
  let sum: u64 = 0;
  /** The sum before the event_id, while that is being read. */
  let before: u64 = 0;
  let isId = false;
  idSum = 0;
  hasUnusualEscape = false;

  let depth: u32 = 0;
  /** Of the innermost container: its place, and how many elements before this one; -1 in an object. */
  let container: u64 = 0;
  let index: i32 = 0;
  /** Of the value or the member that is being read. */
  let place: u64 = 0;
  let isKey = false;

  let at = start;
  while (at < end) {
    const byte = load<u8>(at);
    let first = at + 1;
    let length: usize;
    let seed = STRING;
    if (byte === QUOTE) {
      let last = nextQuote(first, start, end, quotes);
      if (load<u8>(last) !== QUOTE) {
        if (isKey) flags |= INTRICATE;
        last = closingQuote(last, start, end, quotes);
      }
      at = last + 1;
      length = last - first;
      if (isId && !isKey && depth === 1) first = foldedId(first, length);
    } else if (byte === COMMA) {
      at++;
      if (isId && depth === 1) {
        idSum += sum - before;
        sum = before;
        isId = false;
      }
      if (index < 0) isKey = true;
      else place = mixed(container, indexHash(++index));
      continue;
    } else if (byte <= BLANK || byte === COLON) {
      at++;
      continue;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      at++;
      if (depth === maxLevels) {
        flags |= INTRICATE | DEEP;
        break;
      }
      const level = levels + ((depth as usize) << 4);
      store<u64>(level, container);
      store<i32>(level, index, 8);
      depth++;
      container = place;
      isKey = byte === OPEN_BRACE;
      sum += mixed(place, isKey ? OBJECT : ARRAY);
      index = isKey ? -1 : 0;
      if (!isKey) place = mixed(container, indexHash(0));
      continue;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      at++;
      if (depth === 0) break;
      isKey = false;
      depth--;
      const level = levels + ((depth as usize) << 4);
      container = load<u64>(level);
      index = load<i32>(level, 8);
      continue;
    } else {
      first = at;
      at = scalarEnd(first, end);
      length = at - first;
      seed = SCALAR;
      if (!isUsual(first, at)) flags |= UNUSUAL;
    }

    const own = mixed(isKey ? container : place, textHash(first, length, seed));
    if (!isKey) {
      sum += own;
      continue;
    }
    isKey = false;
    place = own;
    if (isPrototype(first, length) || !isNewPlace(place)) flags |= INTRICATE;
    if (depth === 1 && length === 8 && load<u64>(first) === EVENT_ID) {
      isId = true;
      before = sum;
    }
    if (load<u8>(at) === COLON) at++;
  }
  if (isId) {
    idSum += sum - before;
    sum = before;
  }
  contentSum = sum;
  return hasUnusualEscape ? flags | UNUSUAL : flags;
}

/** Where a string ends that has an escape at `from`; says in `hasUnusualEscape` how its escapes are spelled. */
function closingQuote(from: usize, start: usize, end: usize, quotes: usize): usize {
  let at = from;
  while (at < end && load<u8>(at) !== QUOTE) {
    if (!isUsualEscape(at)) hasUnusualEscape = true;
    at = nextQuote(min(end, at + 2), start, end, quotes);
  }
  return at;
}

/** Where a number or a literal ends. */
function scalarEnd(start: usize, end: usize): usize {
  let at = start + 1;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte <= BLANK || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) break;
  }
  return at;
}

/** Whether a key is __proto__. */
function isPrototype(start: usize, length: usize): bool {
  return length === 9 && load<u64>(start) === 0x5f6f746f72705f5f && load<u8>(start + 8) === 0x5f;
}
