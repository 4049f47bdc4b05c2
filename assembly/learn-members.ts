// Learns members of records of known kinds, so that known-members.ts can pass them in later ones.
import { mixed, SCALAR, STRING, textHash } from "./hash";
import {
  ADDRESS,
  BYTES,
  CONSTANT,
  CONTAINER,
  FOLLOWER,
  FOLLOWER_LENGTH,
  FOLLOWERS,
  FOLLOWING,
  IS_FAMILY,
  IS_ID,
  IS_INTEGRATION,
  IS_UNKNOWN,
  isSame,
  LAST,
  LEFT,
  LENGTH,
  MAX_BYTES,
  MAX_FOLLOWERS,
  MEANING,
  MEMBER,
  PLACE,
  RIGHT,
  SUM,
  WHAT,
} from "./known-member";
import { integerEnd, isAtContainer, passedEnd, passedLast } from "./known-members";
import { KNOWN, KNOWN_BYTES } from "./layout";
import { addScalar, addString, forgetValues, isComparable, left, nameMember, right } from "./likeness";
import {
  entryOf,
  familyName,
  INSTANT,
  isIntegrationFamily,
  NO_ENTRY,
  numberOf,
  rolesOf,
  TOP,
} from "./members";
import { endsLikeSecret, isPrototype } from "./names";
import { isScalar, isUsual, scalarEnd } from "./numbers";
import { NEGATIVE, POSITIVE, TIME, UUID, ZERO } from "./own-values";
import { isTime, isUuidV4 } from "./right-values";
import { hasBeginning, survey } from "./survey";

const BLANK: u8 = 0x20;
const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const DIGIT_0: u8 = 0x30;
const COLON: u8 = 0x3a;
const BACKSLASH: u8 = 0x5c;
const OPEN_BRACKET: u8 = 0x5b;
const OPEN_BRACE: u8 = 0x7b;
const DELETE: u8 = 0x7f;

/** "event_id" */
const EVENT_ID: u64 = 0x64695f746e657665;

const MAX_KNOWN: u32 = 512;
/** A hostile log may always have new members, so the scanner learns only this number of them. */
const MAX_ATTEMPTS: u32 = 1 << 14;

let known: u32 = 1;
let attempts: u32 = 0;

/** Where the value of the member at hand ends. */
let valueEnd: usize = 0;

export function forgetKnown(): void {
  known = 1;
  attempts = 0;
  store<u32>(KNOWN, 0, FOLLOWERS);
}

/**
 * Learns the member after the passed ones of the last record, which is of a known kind.
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
  const hash = textHash(key, keyLength, STRING);
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
  if ((isId && what !== UUID) || (isInstant(entry) && what !== TIME)) return false;
  const isFamily = isTop(entry) && (numberOf(entry) as i32) === familyName;
  const family = isFamily ? IS_FAMILY | (isIntegrationFamily(value, length) ? IS_INTEGRATION : 0) : 0;
  const hash = mixed(load<u64>(member, PLACE), textHash(value, length, STRING));
  return (
    means(member, entry, family | (isId ? IS_ID : 0), hash) &&
    keepBytes(member, start, what === CONSTANT ? valueEnd : value, what)
  );
}

function scalar(member: usize, start: usize, value: usize, entry: usize, isId: bool): bool {
  valueEnd = scalarEnd(value, value + MAX_BYTES);
  if (isId || isInstant(entry) || !isScalar(value, valueEnd) || !isUsual(value, valueEnd)) return false;
  forgetValues(false);
  nameMember(entry);
  addScalar(value, valueEnd - value);
  const what = integerKind(value, valueEnd);
  const hash = mixed(load<u64>(member, PLACE), textHash(value, valueEnd - value, SCALAR));
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

/** True for a member whose wrong values are another in each record. */
function isInstant(entry: usize): bool {
  return entry !== NO_ENTRY && (rolesOf(entry) & INSTANT) !== 0;
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
