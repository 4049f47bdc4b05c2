// Members that earlier records had byte for byte, up to an own value: what they add to the sums of a record is known.
// They are passed without being read; walk.ts reads what comes after them, and says the same without them.
import { INTRICATE } from "./flags";
import { mixed, OBJECT, SCALAR, STRING, textHash } from "./hash";
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
  MEANING,
  MEMBER,
  PLACE,
  RIGHT,
  SUM,
  WHAT,
} from "./known-member";
import { KNOWN } from "./layout";
import { addFamily, addSums, addUnknown, forgetValues, noteKnown } from "./likeness";
import { NEGATIVE, TIME, UUID, ZERO } from "./own-values";
import { forgetPlaces, isNewPlace } from "./places";
import { isTime, isUuidV4 } from "./right-values";

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const DIGIT_0: u8 = 0x30;

/** The parts of the sums and flags of walk.ts that the passed members add. */
export let passedSum: u64 = 0;
export let passedId: u64 = 0;
export let passedFlags: u32 = 0;

/** Where the passed members end, and the last of them. */
export let passedEnd: usize = 0;
export let passedLast: usize = KNOWN;
/** True if a container stands after them. */
export let isAtContainer = false;

const ROOT: u64 = mixed(0, OBJECT);

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

/** Begins a record at `start`; gives where the comma after its known members is, or `start` if it has none. */
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

/** Where the value of the member after the passed ones ends. */
let valueEnd: usize = 0;

/** The known member that stands after the passed ones; 0 where there is none. */
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

/** @param behind where its bytes end, if it stands after the passed ones */
function isHere(member: usize, behind: usize): bool {
  if (!isSame(member + BYTES, passedEnd, behind - passedEnd)) return false;
  const what = load<u8>(member, WHAT) as u32;
  if (what === CONTAINER) return true;
  valueEnd = what === CONSTANT ? behind : ownEnd(what, behind);
  return valueEnd !== 0 && load<u8>(valueEnd) === COMMA;
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

/** Where the quote after a time is; a place that is too far away where there is none. */
function timeEnd(start: usize): usize {
  const quotes = quotesAt(start + 16) | (quotesAt(start + 32) << 16) | 0x100000000;
  return start + 16 + (ctz(quotes) as usize);
}

function quotesAt(at: usize): u64 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(QUOTE as i8))) as u32 as u64;
}

/** Digits of a number that is an own value: see likeness.ts. */
const MAX_DIGITS: usize = 9;

export function integerEnd(what: u32, start: usize): usize {
  if (what === ZERO) return load<u8>(start) === DIGIT_0 ? start + 1 : 0;
  const first = what === NEGATIVE ? start + 1 : start;
  if (what === NEGATIVE && load<u8>(start) !== MINUS) return 0;
  if (load<u8>(first) - 0x31 > 8) return 0;
  let at = first + 1;
  while (load<u8>(at) - DIGIT_0 <= 9) at++;
  return at - first > MAX_DIGITS ? 0 : at;
}

/** Takes in the member after the passed ones. */
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
  const hash = mixed(place, textHash(start, length, isText ? STRING : SCALAR));
  if ((meaning & IS_ID) !== 0) passedId = hash;
  else passedSum += hash;
  if ((meaning & IS_UNKNOWN) === 0) noteKnown(load<u16>(member, MEMBER), what, start, length);
}
