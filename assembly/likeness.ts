// Tells which records are alike: the members that matter are equal in them, except for own values, such as ids and
// times, which must only be right. A record is known by a keyed hash (multilinear hashing: Lemire and Kaser 2014). The
// keys are secret, so that no record can be made to look like another.
import { FOLDED, IN_PAYLOAD, KEYS } from "./layout";
import {
  comparisonOf,
  FREE,
  familyName,
  hasMembers,
  ID,
  INSTANT,
  isIntegrationFamily,
  LEADING,
  NO_ENTRY,
  numberOf,
  PAYLOAD,
  PLAIN_ADDRESS,
  PLAIN_NAME,
  payloadName,
  rolesOf,
  TELLING,
  TOP,
} from "./members";
import {
  ADDRESS,
  ANY_TEXT,
  areTimesRight,
  forgetOwn,
  forgetOwnOfPayload,
  isTimed,
  NAME,
  NEGATIVE,
  noteOwn,
  OTHER_ID,
  OTHER_VERSION,
  POSITIVE,
  SCALAR,
  STRING,
  TIME,
  UUID,
  ZERO,
} from "./own-values";
import { isPlainAddress, isPlainName, isTime, isUuidV4 } from "./right-values";
import { wrongId, wrongNumber, wrongTime } from "./wrong-values";

/** Texts that are longer are not compared. */
const MAX_LENGTH: usize = 64;
/** Longer numbers are compared, so that own ones are exact and their sums are. */
const MAX_DIGITS: usize = 9;
/** Keys of a member for each of the two sums: one for what its value is, one for each four bytes of it. */
const KEYS_A_SUM: usize = 1 + (MAX_LENGTH >> 2);
const KEYS_A_MEMBER: usize = 2 * KEYS_A_SUM;

/** The sums over the members of the record, and those over the members of its payload. */
export let left: u64 = 0;
export let right: u64 = 0;
let payloadLeft: u64 = 0;
let payloadRight: u64 = 0;

export let isComparable = false;
let isPayloadComparable = false;
/** True if all of the payload is known: every member, and no object in it. */
let isPayloadKnown = false;
/** True if all members of the record itself are known. */
let isRecordKnown = false;
/** True if its payload has no member with the name of one of these: nothing that the record lacks is there. */
let isPayloadApart = false;
let hasFamily = false;
let isIntegration = false;
let isLeading = false;
let isTelling = false;
/** True if the members of the payload are compared. Before its family is known, any record's are. */
let isReading = false;
let wasSkipped = false;

/** The entries of the members whose values come next, of the record and of its payload. */
let top: usize = NO_ENTRY;
let part: usize = NO_ENTRY;

/**
 * Begins a record.
 *
 * @param isAgain true on the second read: the family suggested that the payload does not matter, but it does
 */
export function forgetValues(isAgain: bool): void {
  left = 0;
  right = 0;
  payloadLeft = 0;
  payloadRight = 0;
  forgetOwn();
  isComparable = hasMembers();
  isPayloadComparable = true;
  isPayloadKnown = true;
  isRecordKnown = true;
  isPayloadApart = true;
  hasFamily = false;
  isIntegration = false;
  isLeading = false;
  isTelling = isAgain;
  isReading = false;
  wasSkipped = false;
  top = NO_ENTRY;
  part = NO_ENTRY;
}

/** What a member of the record that was not read adds: see known-members.ts. */
export function addSums(moreLeft: u64, moreRight: u64): void {
  left += moreLeft;
  right += moreRight;
}

export function addFamily(isOfIntegration: bool): void {
  hasFamily = true;
  isIntegration = isOfIntegration;
}

export function addUnknown(): void {
  isRecordKnown = false;
}

/** Notes an own value whose sums were added. */
export function noteKnown(member: u32, what: u32, start: usize, length: usize): void {
  if (!noteOwn(member, what, start, length)) isComparable = false;
}

/** The record cannot be compared with others. */
export function giveUpComparing(): void {
  isComparable = false;
}

/** The next value belongs to a member of the record. NO_ENTRY stands for a member that does not matter. */
export function nameMember(entry: usize): void {
  top = entry !== NO_ENTRY && (rolesOf(entry) & TOP) !== 0 ? entry : NO_ENTRY;
  if (top === NO_ENTRY) addUnknown();
}

/** Begins a member that is one level below the record. */
export function namePart(entry: usize): void {
  const roles = entry === NO_ENTRY ? 0 : rolesOf(entry);
  if ((roles & LEADING) !== 0) isLeading = true;
  if ((roles & TELLING) !== 0) isTelling = true;
  if ((roles & TOP) !== 0) isPayloadApart = false;
  part = (roles & PAYLOAD) !== 0 ? entry : NO_ENTRY;
  if (part === NO_ENTRY) isPayloadKnown = false;
}

/** True if the member of the record that is being read is its payload. */
export function isInPayload(): bool {
  return top !== NO_ENTRY && (numberOf(top) as i32) === payloadName;
}

/** Takes in a string that is the value of a member of the record. */
export function addString(start: usize, length: usize, hasEscape: bool): void {
  if (top === NO_ENTRY) return;
  if (hasEscape) isComparable = false;
  const member = numberOf(top);
  if (isUuidV4(start, length)) addOwn(member, UUID, start, length);
  else if (isTime(start, length)) addOwn(member, TIME, start, length);
  else addText(member, start, length);
  if ((member as i32) !== familyName) return;
  addFamily(isIntegrationFamily(start, length));
}

/** Takes in a text of the record that is compared, or by which the record is broken. */
function addText(member: u32, start: usize, length: usize): void {
  if (start === FOLDED) isComparable = false;
  const roles = rolesOf(top);
  let wrong: u32 = 0;
  if ((roles & ID) !== 0) wrong = wrongId(start, length);
  else if ((roles & INSTANT) !== 0) wrong = wrongTime(start, length);
  if (wrong === 0) {
    add(member, STRING, start, length);
    return;
  }
  addKind(member, wrong);
  if ((roles & ID) !== 0) noteKnown(member, wrong === OTHER_VERSION ? UUID : OTHER_ID, start, length);
}

/** Takes in a number or a literal that is the value of a member of the record. */
export function addScalar(start: usize, length: usize): void {
  if (top === NO_ENTRY) return;
  const wrong = (rolesOf(top) & INSTANT) !== 0 ? wrongNumber(start, length) : 0;
  if (wrong !== 0) addKind(numberOf(top), wrong);
  else addNumber(numberOf(top), start, length);
}

/** Takes in an object or an array, by its bracket, that is the value of a member of the record. */
export function addContainer(bracket: u8): void {
  if (top === NO_ENTRY) return;
  add(numberOf(top), bracket as u32, 0, 0);
  if (!isInPayload()) {
    // What it holds may matter in a profile event.
    isRecordKnown = false;
    return;
  }
  isReading = !hasFamily || isIntegration || isTelling;
  wasSkipped = !isReading;
}

/** Takes in a string that is the value of a member of the payload, or of another container. */
export function addPartString(start: usize, length: usize, hasEscape: bool): void {
  if (!isReading || !isInPayload() || part === NO_ENTRY) return;
  const member = IN_PAYLOAD + numberOf(part);
  const comparison = comparisonOf(part);
  if (comparison === FREE) {
    addToPayload(member, ANY_TEXT, 0, 0);
    return;
  }
  if (hasEscape) isPayloadComparable = false;
  if (isUuidV4(start, length)) addOwn(member, UUID, start, length);
  else if (comparison === PLAIN_NAME && isPlainName(start, length)) addOwn(member, NAME, start, length);
  else if (comparison === PLAIN_ADDRESS && isPlainAddress(start, length)) addToPayload(member, ADDRESS, 0, 0);
  else if (isTime(start, length)) addOwn(member, TIME, start, length);
  else addWord(member, STRING, start, length);
}

export function addPartScalar(start: usize, length: usize): void {
  if (isReading && isInPayload() && part !== NO_ENTRY) addNumber(IN_PAYLOAD + numberOf(part), start, length);
}

/** An array may hold any strings; what an object holds is unknown. */
export function addPartContainer(bracket: u8): void {
  if (!isReading || !isInPayload()) return;
  if (part !== NO_ENTRY) addToPayload(IN_PAYLOAD + numberOf(part), bracket as u32, 0, 0);
  if (bracket === 0x7b) isPayloadKnown = false;
}

/** Something stands in a container of the payload that is no string. */
export function addDeeper(): void {
  if (isReading && isInPayload()) isPayloadKnown = false;
}

function addNumber(member: u32, start: usize, length: usize): void {
  const isNegative = load<u8>(start) === 0x2d;
  const digits = isNegative ? length - 1 : length;
  const first = load<u8>(isNegative ? start + 1 : start);
  if (digits > MAX_DIGITS || first - 0x30 > 9 || !isWhole(start + length - digits, digits)) {
    if (member < IN_PAYLOAD) add(member, SCALAR, start, length);
    else addWord(member, SCALAR, start, length);
    return;
  }
  addOwn(member, isNegative ? NEGATIVE : first === 0x30 ? ZERO : POSITIVE, start, length);
}

/** Takes in a value of the payload that is compared. Times that are compared say nothing of others. */
function addWord(member: u32, what: u32, start: usize, length: usize): void {
  if (isTimed((member - IN_PAYLOAD) as i32)) isPayloadComparable = false;
  addToPayload(member, what, start, length);
}

function isWhole(start: usize, length: usize): bool {
  for (let at: usize = 0; at < length; at++) if (load<u8>(start + at) - 0x30 > 9) return false;
  return true;
}

/** Takes in a value that need not be the same in records that are alike, and notes where it stands. */
function addOwn(member: u32, what: u32, start: usize, length: usize): void {
  if (member < IN_PAYLOAD) add(member, what, start, 0);
  else addToPayload(member, what, start, 0);
  noteKnown(member, what, start, length);
}

function add(member: u32, what: u32, start: usize, length: usize): void {
  if (length > MAX_LENGTH) {
    isComparable = false;
    return;
  }
  addKind(member, what | ((length as u32) << 8));
  let key = keysOf(member) + 8;
  let at = start;
  let rest = length;
  for (; rest > 0; key += 8, at += 4, rest = rest > 4 ? rest - 4 : 0) {
    const word = rest >= 4 ? load<u32>(at) : load<u32>(at) & ((1 << ((rest as u32) << 3)) - 1);
    left += load<u64>(key) * (word as u64);
    right += load<u64>(key + (KEYS_A_SUM << 3)) * (word as u64);
  }
}

/** Takes in what a value is. */
function addKind(member: u32, kind: u32): void {
  const key = keysOf(member);
  left += load<u64>(key) * (kind as u64);
  right += load<u64>(key + (KEYS_A_SUM << 3)) * (kind as u64);
}

function keysOf(member: u32): usize {
  return KEYS + (member as usize) * (KEYS_A_MEMBER << 3);
}

/** The same for a member of the payload, whose sums count only where the payload matters. */
function addToPayload(member: u32, what: u32, start: usize, length: usize): void {
  const sumLeft = left;
  const sumRight = right;
  const wasComparable = isComparable;
  add(member, what, start, length);
  payloadLeft += left - sumLeft;
  payloadRight += right - sumRight;
  left = sumLeft;
  right = sumRight;
  if (isComparable === wasComparable) return;
  isComparable = wasComparable;
  isPayloadComparable = false;
}

/** True if the payload of the record matters although its family suggests that it does not. */
export function mustReadAgain(): bool {
  return wasSkipped && (isLeading || isTelling);
}

/** The same whole number from 1 to 2^52 for records that are alike; 0 if a record has no likeness. */
export function likenessSoFar(): f64 {
  // Profile events may have no other members; other records without a family are never known.
  if (!isComparable || (!hasFamily && !isRecordKnown)) return 0;
  if (hasFamily && !isIntegration && !isLeading && !isTelling) {
    forgetOwnOfPayload();
  } else {
    const isClosed = isIntegration || isLeading;
    if (!isPayloadComparable || (isClosed && !isPayloadKnown) || !areTimesRight()) return 0;
    left += payloadLeft;
    right += payloadRight;
  }
  // What a record lacks may have another name, or another place.
  if (!isRecordKnown || !isPayloadApart) left = ~left;
  return ((((left >>> 32) << 20) | (right >>> 44)) as f64) + 1;
}
