// Members that earlier records had byte for byte, up to an own value: what they add to the sums of a record is known.
// They are passed without being read; walk.ts reads what comes behind them, and says the same without them.
import { INTRICATE } from "./flags";
import { mixed, OBJECT, SCALAR as SCALAR_SEED, STRING as STRING_SEED, textHash } from "./hash";
import { KNOWN, KNOWN_BYTES } from "./layout";
import {
  addFamily,
  addScalar,
  addString,
  addSums,
  addUnknown,
  forgetValues,
  isComparable,
  left,
  nameMember,
  noteKnown,
  right,
} from "./likeness";
import { entryOf, familyName, isIntegrationFamily, NO_ENTRY, numberOf, rolesOf, TOP } from "./members";
import { endsLikeSecret, isPrototype } from "./names";
import { isScalar, isUsual, scalarEnd } from "./numbers";
import { NEGATIVE, POSITIVE, TIME, UUID, ZERO } from "./own-values";
import { forgetPlaces, isNewPlace } from "./places";
import { isTime, isUuidV4 } from "./right-values";
import { hasBeginning, survey } from "./survey";

const BLANK: u8 = 0x20;
const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const DIGIT_0: u8 = 0x30;
const COLON: u8 = 0x3a;
const BACKSLASH: u8 = 0x5c;
const OPEN_BRACE: u8 = 0x7b;
const OPEN_BRACKET: u8 = 0x5b;
const DELETE: u8 = 0x7f;

/** "event_id" */
const EVENT_ID: u64 = 0x64695f746e657665;

// A known member: this head, its bytes, and which have come behind it. The first one stands for the beginning of a
// record.
const LENGTH: usize = 0;
const FOLLOWERS: usize = 4;
const WHAT: usize = 8;
const MEANING: usize = 9;
const MEMBER: usize = 10;
const PLACE: usize = 16;
const SUM: usize = 24;
const LEFT: usize = 32;
const RIGHT: usize = 40;
const BYTES: usize = 48;
const MAX_BYTES: usize = 112;
const FOLLOWING: usize = 160;

// A follower: its last eight bytes, which is where those that may stand in one place differ, its length, and where it
// is.
const FOLLOWER: usize = 16;
const LAST: usize = 0;
const FOLLOWER_LENGTH: usize = 8;
const ADDRESS: usize = 12;
const MAX_FOLLOWERS: u32 = 48;

// What a member's value is: an own value, or one of these.
const CONSTANT: u32 = 0;
/** A container, at which the known members end. */
const CONTAINER: u32 = 0xff;

// What a member means, a bit each.
const IS_ID: u32 = 1;
const IS_FAMILY: u32 = 2;
const IS_INTEGRATION: u32 = 4;
/** It does not matter for likeness. */
const IS_UNKNOWN: u32 = 8;

const MAX_KNOWN: u32 = 512;
/** A hostile log has always new members: after so many of them no more are learned. */
const MAX_ATTEMPTS: u32 = 1 << 14;

let known: u32 = 1;
let attempts: u32 = 0;

/** What the passed members add to the sums of walk.ts, and to its flags. */
export let passedSum: u64 = 0;
export let passedId: u64 = 0;
export let passedFlags: u32 = 0;

/** Where the passed members end, and the last of them. */
let passedEnd: usize = 0;
let passedLast: usize = KNOWN;
/** Whether a container stands behind them. */
let isAtContainer = false;

const ROOT: u64 = mixed(0, OBJECT);

export function forgetKnown(): void {
  known = 1;
  attempts = 0;
  store<u32>(KNOWN, 0, FOLLOWERS);
}

/**
 * Begins a record at `start` of which no member is passed.
 *
 * @param isAgain see forgetValues
 */
export function passNothing(start: usize, isAgain: bool): usize {
  forgetValues(isAgain);
  forgetPlaces();
  passedSum = 0;
  passedId = 0;
  passedFlags = 0;
  passedEnd = start;
  passedLast = KNOWN;
  isAtContainer = false;
  return start;
}

/** Begins a record at `start`; gives where the comma behind its known members is, or `start` if it has none. */
export function passKnown(start: usize, isAgain: bool): usize {
  passNothing(start, isAgain);
  for (let next = follower(); next !== 0; next = follower()) {
    passedLast = next;
    if (load<u8>(next, WHAT) === CONTAINER) {
      isAtContainer = true;
      break;
    }
    take(next);
  }
  if (passedEnd > start) passedSum += ROOT;
  return passedEnd;
}

/** Where the value of the member behind the passed ones ends. */
let valueEnd: usize = 0;

/** The known member that stands behind the passed ones; 0 where there is none. */
function follower(): usize {
  const from = passedLast + FOLLOWING;
  const end = from + (load<u32>(passedLast, FOLLOWERS) as usize) * FOLLOWER;
  for (let at = from; at < end; at += FOLLOWER) {
    const behind = passedEnd + (load<u32>(at, FOLLOWER_LENGTH) as usize);
    if (load<u64>(behind - 8) !== load<u64>(at, LAST)) continue;
    const member = load<u32>(at, ADDRESS) as usize;
    if (isHere(member, behind)) return member;
  }
  return 0;
}

/** @param behind where its bytes end, if it stands behind the passed ones */
function isHere(member: usize, behind: usize): bool {
  if (!isSame(member + BYTES, passedEnd, behind - passedEnd)) return false;
  const what = load<u8>(member, WHAT) as u32;
  if (what === CONTAINER) return true;
  valueEnd = what === CONSTANT ? behind : ownEnd(what, behind);
  return valueEnd !== 0 && load<u8>(valueEnd) === COMMA;
}

/** Whether two texts of at least eight bytes are the same, if their last eight are. */
function isSame(one: usize, other: usize, length: usize): bool {
  if (length < 16) return load<u64>(one) === load<u64>(other);
  const last = length - 16;
  for (let at: usize = 0; at < last; at += 16)
    if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
  return !v128.any_true(v128.xor(v128.load(one + last), v128.load(other + last)));
}

/** Where an own value that begins at `start`, with its quote, ends; 0 where it is none. */
function ownEnd(what: u32, start: usize): usize {
  if (what === UUID) return load<u8>(start + 36) === QUOTE && isUuidV4(start, 36) ? start + 37 : 0;
  if (what === TIME) {
    const quote = timeEnd(start);
    return isTime(start, quote - start) ? quote + 1 : 0;
  }
  return integerEnd(what, start);
}

/** Where the quote behind a time is; a place that is too far away where there is none. */
function timeEnd(start: usize): usize {
  const quotes = quotesAt(start + 16) | (quotesAt(start + 32) << 16) | 0x100000000;
  return start + 16 + (ctz(quotes) as usize);
}

function quotesAt(at: usize): u64 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(QUOTE as i8))) as u32 as u64;
}

/** Digits of a number that is an own value: see likeness.ts. */
const MAX_DIGITS: usize = 9;

function integerEnd(what: u32, start: usize): usize {
  if (what === ZERO) return load<u8>(start) === DIGIT_0 ? start + 1 : 0;
  const first = what === NEGATIVE ? start + 1 : start;
  if (what === NEGATIVE && load<u8>(start) !== MINUS) return 0;
  if (load<u8>(first) - 0x31 > 8) return 0;
  let at = first + 1;
  while (load<u8>(at) - DIGIT_0 <= 9) at++;
  return at - first > MAX_DIGITS ? 0 : at;
}

/** Takes in the member behind the passed ones. */
function take(member: usize): void {
  const value = passedEnd + (load<u32>(member, LENGTH) as usize);
  const what = load<u8>(member, WHAT) as u32;
  const meaning = load<u8>(member, MEANING) as u32;
  const place = load<u64>(member, PLACE);
  if (!isNewPlace(place)) passedFlags |= INTRICATE;
  addSums(load<u64>(member, LEFT), load<u64>(member, RIGHT));
  if (what === CONSTANT) passedSum += load<u64>(member, SUM);
  else takeOwn(member, what, meaning, place, value);
  if ((meaning & IS_FAMILY) !== 0) addFamily((meaning & IS_INTEGRATION) !== 0);
  if ((meaning & IS_UNKNOWN) !== 0) addUnknown();
  passedEnd = valueEnd;
}

function takeOwn(member: usize, what: u32, meaning: u32, place: u64, start: usize): void {
  const isText = what === UUID || what === TIME;
  const length = valueEnd - start - (isText ? 1 : 0);
  const hash = mixed(place, textHash(start, length, isText ? STRING_SEED : SCALAR_SEED));
  if ((meaning & IS_ID) !== 0) passedId = hash;
  else passedSum += hash;
  if ((meaning & IS_UNKNOWN) === 0) noteKnown(load<u16>(member, MEMBER), what, start, length);
}

/**
 * Learns the member behind the passed ones of the last record, which is clean.
 *
 * @param quotes where its maps may be written
 */
export function learnNext(quotes: usize, words: usize): void {
  if (isAtContainer || attempts === MAX_ATTEMPTS || known === MAX_KNOWN) return;
  if (load<u32>(passedLast, FOLLOWERS) === MAX_FOLLOWERS) return;
  attempts++;
  const member = KNOWN + (known as usize) * KNOWN_BYTES;
  memory.fill(member, 0, KNOWN_BYTES);
  if (!describe(member, passedEnd) || hasSigns(passedEnd, valueEnd, quotes, words)) return;
  const number = load<u32>(passedLast, FOLLOWERS);
  const entry = passedLast + FOLLOWING + (number as usize) * FOLLOWER;
  const length = load<u32>(member, LENGTH);
  store<u64>(entry, lastOf(member), LAST);
  store<u32>(entry, length, FOLLOWER_LENGTH);
  store<u32>(entry, firstLike(member) as u32, ADDRESS);
  store<u32>(passedLast, number + 1, FOLLOWERS);
}

/** The known member that is the same as the newest, which becomes known if there is no other. */
function firstLike(member: usize): usize {
  const length = load<u32>(member, LENGTH);
  for (let other = KNOWN + KNOWN_BYTES; other < member; other += KNOWN_BYTES) {
    if (load<u32>(other, LENGTH) !== length || load<u8>(other, WHAT) !== load<u8>(member, WHAT)) continue;
    if (lastOf(other) === lastOf(member) && isSame(other + BYTES, member + BYTES, length as usize))
      return other;
  }
  known++;
  return member;
}

function lastOf(member: usize): u64 {
  return load<u64>(member + BYTES + (load<u32>(member, LENGTH) as usize) - 8);
}

function hasSigns(start: usize, end: usize, quotes: usize, words: usize): bool {
  return survey(start, end, quotes, words) !== 0 || hasBeginning(start, end, words);
}

/** Describes the member whose comma or brace is at `start`; false where it cannot be passed. */
function describe(member: usize, start: usize): bool {
  const first = load<u8>(start);
  if (first !== (passedLast === KNOWN ? OPEN_BRACE : COMMA)) return false;
  let at = behindBlanks(start + 1);
  if (load<u8>(at) !== QUOTE) return false;
  const key = at + 1;
  const keyLength = plainEnd(key) - key;
  at = behindBlanks(key + keyLength + 1);
  if (load<u8>(key + keyLength) !== QUOTE || load<u8>(at) !== COLON) return false;
  if (endsLikeSecret(key, keyLength) || isPrototype(key, keyLength)) return false;
  at = behindBlanks(at + 1);
  const hash = textHash(key, keyLength, STRING_SEED);
  const place = mixed(0, hash);
  store<u64>(member, place, PLACE);
  const byte = load<u8>(at);
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
    valueEnd = at + 1;
    return keepBytes(member, start, at + 1, CONTAINER);
  }
  const entry = entryOf(hash, key, keyLength);
  const isId = keyLength === 8 && load<u64>(key) === EVENT_ID;
  return byte === QUOTE ? text(member, start, at + 1, entry, isId) : scalar(member, start, at, entry, isId);
}

function text(member: usize, start: usize, value: usize, entry: usize, isId: bool): bool {
  const length = plainEnd(value) - value;
  valueEnd = value + length + 1;
  if (load<u8>(value + length) !== QUOTE) return false;
  forgetValues(false);
  nameMember(entry);
  addString(value, length, false);
  const what = isUuidV4(value, length) ? UUID : isTime(value, length) ? TIME : CONSTANT;
  if (isId && what !== UUID) return false;
  const isFamily = isTop(entry) && (numberOf(entry) as i32) === familyName;
  const family = isFamily ? IS_FAMILY | (isIntegrationFamily(value, length) ? IS_INTEGRATION : 0) : 0;
  const hash = mixed(load<u64>(member, PLACE), textHash(value, length, STRING_SEED));
  return (
    means(member, entry, family | (isId ? IS_ID : 0), hash) &&
    keepBytes(member, start, what === CONSTANT ? valueEnd : value, what)
  );
}

function scalar(member: usize, start: usize, value: usize, entry: usize, isId: bool): bool {
  valueEnd = scalarEnd(value, value + MAX_BYTES);
  if (isId || !isScalar(value, valueEnd) || !isUsual(value, valueEnd)) return false;
  forgetValues(false);
  nameMember(entry);
  addScalar(value, valueEnd - value);
  const what = integerKind(value, valueEnd);
  const hash = mixed(load<u64>(member, PLACE), textHash(value, valueEnd - value, SCALAR_SEED));
  return (
    means(member, entry, 0, hash) && keepBytes(member, start, what === CONSTANT ? valueEnd : value, what)
  );
}

/** Which own value a number is; CONSTANT where it is none. */
function integerKind(start: usize, end: usize): u32 {
  const what = load<u8>(start) === MINUS ? NEGATIVE : load<u8>(start) === DIGIT_0 ? ZERO : POSITIVE;
  return integerEnd(what, start) === end ? what : CONSTANT;
}

/** Writes down what a member means and adds; false where its record cannot be compared with others. */
function means(member: usize, entry: usize, meaning: u32, hash: u64): bool {
  store<u8>(member, (meaning | (isTop(entry) ? 0 : IS_UNKNOWN)) as u8, MEANING);
  store<u16>(member, (entry === NO_ENTRY ? 0 : numberOf(entry)) as u16, MEMBER);
  store<u64>(member, hash, SUM);
  store<u64>(member, left, LEFT);
  store<u64>(member, right, RIGHT);
  return isComparable;
}

function isTop(entry: usize): bool {
  return entry !== NO_ENTRY && (rolesOf(entry) & TOP) !== 0;
}

/** Writes down the bytes of a member; false where they are too many, or no comma follows. */
function keepBytes(member: usize, start: usize, end: usize, what: u32): bool {
  const length = end - start;
  if (length < 8 || length > MAX_BYTES) return false;
  store<u32>(member, length as u32, LENGTH);
  store<u8>(member, what as u8, WHAT);
  memory.copy(member + BYTES, start, length);
  return what === CONTAINER || load<u8>(valueEnd) === COMMA;
}

/** Where a string ends that has no escape, and no byte outside ASCII. */
function plainEnd(start: usize): usize {
  let at = start;
  for (let byte = load<u8>(at); byte !== QUOTE; byte = load<u8>(++at))
    if (byte < BLANK || byte === BACKSLASH || byte >= DELETE) break;
  return at;
}

function behindBlanks(start: usize): usize {
  let at = start;
  while (load<u8>(at) === BLANK) at++;
  return at;
}
