// The second look at a record: its members and values, one after the other.
import { DEEP, INTRICATE, NAMED, UNCERTAIN, UNUSUAL } from "./flags";
import { ARRAY, indexHash, mixed, OBJECT, SCALAR, STRING, textHash } from "./hash";
import { foldedId } from "./ids";
import { passedFlags, passedId, passedSum, passKnown, passNothing } from "./known-members";
import {
  addContainer,
  addDeeper,
  addPartContainer,
  addPartScalar,
  addPartString,
  addScalar,
  addString,
  giveUpComparing,
  isInPayload,
  mustReadAgain,
  nameMember,
  namePart,
} from "./likeness";
import { entryOf } from "./members";
import { endsLikeSecret, isPrototype } from "./names";
import { isScalar, isUsual, scalarEnd } from "./numbers";
import { isNewPlace } from "./places";
import { isUsualEscape, nextQuote } from "./strings";

const BLANK: u8 = 0x20;
const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const LETTER_U: u8 = 0x75;
const OPEN_BRACKET: u8 = 0x5b;
const CLOSE_BRACKET: u8 = 0x5d;
const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u8 = 0x7d;

/** "event_id" */
const EVENT_ID: u64 = 0x64695f746e657665;

/** The sums of the hashes of all that the last record holds: without its event_id, and of that alone. */
export let contentSum: u64 = 0;
export let idSum: u64 = 0;
/** The sum of an object with the record's payload alone; 0 where it has none. */
export let payloadSum: u64 = 0;

/** The sum before the event_id, while that is being read. */
let sumBeforeId: u64 = 0;
/** The sum before the payload. */
let sumBeforePayload: u64 = 0;

let hasUnusualEscape = false;
let hasCodeEscape = false;

// What is read in a container: an element of an array by its index, or one of these in an object.
const VALUE: i32 = -1;
const KEY: i32 = -2;

/** Set in the flags of a record while its event_id is read. */
const IN_ID: u32 = 1 << 31;

// Set in the flags too: what may come next. After a record's end nothing may.
const VALUE_MAY: u32 = 1 << 26;
const KEY_MAY: u32 = 1 << 27;
const COLON_MAY: u32 = 1 << 28;
const COMMA_MAY: u32 = 1 << 29;
const CLOSE_MAY: u32 = 1 << 30;
const MAY: u32 = VALUE_MAY | KEY_MAY | COLON_MAY | COMMA_MAY | CLOSE_MAY;

const LEVEL: usize = 16;

/** What a record counts as before it has any members. */
const ROOT: u64 = mixed(0, OBJECT);

/**
 * Reads a record, which need not be JSON: what comes of it then means nothing.
 *
 * @param start of the record
 * @param from where its passed members end; the maps of quotes begin there
 * @param levels where to keep the containers around a value: LEVEL bytes for each of `maxLevels`
 * @returns flags
 */
export function walk(
  start: usize,
  from: usize,
  end: usize,
  quotes: usize,
  levels: usize,
  maxLevels: u32,
): u32 {
  const isPassed = from > start;
  const flags = read(isPassed, from, end, quotes, levels, maxLevels);
  if (!mustReadAgain()) return flags;
  if (isPassed) passKnown(start, true);
  else passNothing(start, true);
  return read(isPassed, from, end, quotes, levels, maxLevels);
}

/**
 * The fewer variables the loop has, the more of them stay in registers.
 *
 * @param isPassed whether the record begins before `start`, with members that were passed
 */
function read(isPassed: bool, start: usize, end: usize, quotes: usize, levels: usize, maxLevels: u32): u32 {
  idSum = passedId;
  payloadSum = 0;
  hasUnusualEscape = false;
  hasCodeEscape = false;
  const lastLevel = levels + (maxLevels as usize) * LEVEL;
  let flags: u32 = isPassed ? passedFlags | COMMA_MAY | CLOSE_MAY : VALUE_MAY;
  let sum = passedSum;
  /** Where the container around this one is kept. */
  let level = levels;
  /** The place of the innermost container, what is read in it, and the place of the value or the member. */
  let container: u64 = 0;
  let state: i32 = 0;
  let place: u64 = 0;
  if (isPassed) {
    store<u64>(level, 0);
    store<i32>(level, 0, 8);
    level += LEVEL;
    state = VALUE;
  }

  let at = start;
  while (at < end) {
    const byte = load<u8>(at);
    let first = at + 1;
    let length: usize;
    let seed = STRING;
    let hasEscape = false;
    if (byte === QUOTE) {
      let last = nextQuote(first, start, end, quotes);
      if (load<u8>(last) !== QUOTE) {
        if (state === KEY) flags |= INTRICATE;
        hasEscape = true;
        last = closingQuote(last, start, end, quotes);
      }
      if (last >= end || (flags & (state === KEY ? KEY_MAY : VALUE_MAY)) === 0) flags |= UNCERTAIN;
      at = last + 1;
      length = last - first;
      if ((flags & IN_ID) !== 0 && level === levels + LEVEL) first = foldedId(first, length);
    } else if (byte === COMMA) {
      at++;
      if ((flags & COMMA_MAY) === 0) flags |= UNCERTAIN;
      flags = (flags & ~MAY) | (state < 0 ? KEY_MAY : VALUE_MAY);
      if ((flags & IN_ID) !== 0 && level === levels + LEVEL) {
        idSum = sum - sumBeforeId;
        sum = sumBeforeId;
        flags ^= IN_ID;
      }
      if (state < 0) state = KEY;
      else place = mixed(container, indexHash(++state));
      continue;
    } else if (byte <= BLANK) {
      at++;
      continue;
    } else if (byte === COLON) {
      at++;
      if ((flags & COLON_MAY) === 0) flags |= UNCERTAIN;
      flags = (flags & ~MAY) | VALUE_MAY;
      continue;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      at++;
      if (level === lastLevel) {
        flags |= INTRICATE | DEEP;
        break;
      }
      if ((flags & VALUE_MAY) === 0) flags |= UNCERTAIN;
      if (level === levels + LEVEL) {
        addContainer(byte);
        sumBeforePayload = sum;
      } else if (level === levels + 2 * LEVEL) addPartContainer(byte);
      else if (level > levels) addDeeper();
      store<u64>(level, container);
      store<i32>(level, state, 8);
      level += LEVEL;
      container = place;
      if (byte === OPEN_BRACE) {
        state = KEY;
        flags = (flags & ~MAY) | KEY_MAY | CLOSE_MAY;
        sum += mixed(container, OBJECT);
      } else {
        state = 0;
        flags = (flags & ~MAY) | VALUE_MAY | CLOSE_MAY;
        if (level === levels + LEVEL) flags |= UNCERTAIN;
        sum += mixed(container, ARRAY);
        place = mixed(container, indexHash(0));
      }
      continue;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      at++;
      if (level === levels) {
        flags |= UNCERTAIN;
        break;
      }
      if ((flags & CLOSE_MAY) === 0 || (byte === CLOSE_BRACE) !== state < 0) flags |= UNCERTAIN;
      level -= LEVEL;
      flags = (flags & ~MAY) | (level === levels ? 0 : COMMA_MAY | CLOSE_MAY);
      container = load<u64>(level);
      state = load<i32>(level, 8);
      if (level === levels + LEVEL && isInPayload()) payloadSum = sum - sumBeforePayload + ROOT;
      continue;
    } else {
      first = at;
      at = scalarEnd(first, end);
      length = at - first;
      seed = SCALAR;
      if (!isUsual(first, at)) flags |= UNUSUAL;
      if ((flags & VALUE_MAY) === 0 || level === levels || !isScalar(first, at)) flags |= UNCERTAIN;
    }

    const hash = textHash(first, length, seed);
    if (state !== KEY) {
      flags = (flags & ~MAY) | COMMA_MAY | CLOSE_MAY;
      sum += mixed(place, hash);
      if (level === levels + LEVEL) {
        if (seed === STRING) addString(first, length, hasEscape);
        else addScalar(first, length);
      } else if (level === levels + 2 * LEVEL && state === VALUE) {
        if (seed === STRING) addPartString(first, length, hasEscape);
        else addPartScalar(first, length);
      } else if (seed !== STRING) addDeeper();
      continue;
    }
    state = VALUE;
    place = mixed(container, hash);
    if (endsLikeSecret(first, length)) flags |= NAMED;
    if (isPrototype(first, length) || !isNewPlace(place)) flags |= INTRICATE;
    if (level === levels + LEVEL) {
      if (hasEscape) giveUpComparing();
      nameMember(entryOf(hash, first, length));
      if (length === 8 && load<u64>(first) === EVENT_ID) {
        flags |= IN_ID;
        sumBeforeId = sum;
      }
    } else if (level === levels + 2 * LEVEL && isInPayload()) {
      namePart(entryOf(hash, first, length));
    }
    const isFollowed = load<u8>(at) === COLON;
    if (isFollowed) at++;
    flags = (flags & ~MAY) | (isFollowed ? VALUE_MAY : COLON_MAY);
  }
  if ((flags & IN_ID) !== 0) {
    idSum = sum - sumBeforeId;
    sum = sumBeforeId;
  }
  contentSum = sum;
  if ((flags & MAY) !== 0 || hasCodeEscape) flags |= UNCERTAIN;
  return (flags & ~(IN_ID | MAY)) | (hasUnusualEscape ? UNUSUAL : 0);
}

/** Where a string ends that has an escape at `from`; says in `hasUnusualEscape` how its escapes are spelled. */
function closingQuote(from: usize, start: usize, end: usize, quotes: usize): usize {
  let at = from;
  while (at < end && load<u8>(at) !== QUOTE) {
    if (!isUsualEscape(at)) hasUnusualEscape = true;
    // The digits were not checked.
    if (load<u8>(at + 1) === LETTER_U) hasCodeEscape = true;
    at = nextQuote(min(end, at + 2), start, end, quotes);
  }
  return at;
}
