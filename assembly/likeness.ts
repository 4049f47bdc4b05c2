// Which records are alike: those whose members that matter are the same, but for ids and times, which need
// only be right. What is told of a record is a keyed hash with keys that nobody outside knows (multilinear
// hashing: Lemire and Kaser 2014), so that no record can be made to look like another.
import { STRING as STRING_SEED, textHash } from "./hash";
import {
  FOLDED,
  KEPT,
  KEYS,
  MAX_MEMBERS,
  MAX_NAME,
  MAX_OWN_VALUES,
  MEMBERS,
  MEMBERS_MASK,
  NAMES,
  OWN_VALUES,
  TEXT,
} from "./layout";
import { isTime, isUuidV4 } from "./right-values";

/** What a member's value is. */
const UUID: u32 = 1;
const TIME: u32 = 2;
const STRING: u32 = 3;
const SCALAR: u32 = 4;

/** Texts that are longer are not compared. */
const MAX_LENGTH: usize = 64;
/** Keys of a member for each of the two sums: one for what its value is, one for each four bytes of it. */
const KEYS_A_SUM: usize = 1 + (MAX_LENGTH >> 2);
const KEYS_A_MEMBER: usize = 2 * KEYS_A_SUM;

export const NO_MEMBER: i32 = -1;
/** A member of a member with which a record is like no other. */
const APART: i32 = -2;

let members: i32 = 0;
let apart: i32 = 0;
let left: u64 = 0;
let right: u64 = 0;
let isComparable = false;
let ownValues: u32 = 0;

export function forgetMembers(): void {
  memory.fill(MEMBERS, 0, (MEMBERS_MASK + 1) << 4);
  members = 0;
  apart = 0;
}

/** Adds a member that matters, by its name; false where there is no room. */
export function addMember(start: usize, length: usize): bool {
  if (members === MAX_MEMBERS || length > MAX_NAME) return false;
  const name = NAMES + (members as usize) * MAX_NAME;
  memory.fill(name, 0, MAX_NAME);
  memory.copy(name, start, length);
  know(textHash(start, length, STRING_SEED), length, members++);
  return true;
}

/** Adds a name that sets a record apart as that of a member of a member; false where there is no room. */
export function addApart(start: usize, length: usize): bool {
  if (apart === MAX_MEMBERS) return false;
  know(textHash(start, length, STRING_SEED), length, APART);
  apart++;
  return true;
}

function know(hash: u64, length: usize, number: i32): void {
  let slot = (hash as usize) & MEMBERS_MASK;
  while (load<u64>(MEMBERS + (slot << 4)) !== 0) slot = (slot + 1) & MEMBERS_MASK;
  store<u64>(MEMBERS + (slot << 4), hash);
  store<i32>(MEMBERS + (slot << 4), number, 8);
  store<u32>(MEMBERS + (slot << 4), length as u32, 12);
}

/** Whether a name is one of those whose members set a record apart, or has the hash of one. */
export function setsApart(hash: u64): bool {
  const entry = entryOf(hash);
  return entry !== 0 && load<i32>(entry, 8) === APART;
}

/**
 * The number of the member that matters with this name; NO_MEMBER for others. Anybody can find another name with the
 * same hash: only the name itself tells.
 */
export function memberOf(hash: u64, start: usize, length: usize): i32 {
  const entry = entryOf(hash);
  if (entry === 0 || load<u32>(entry, 12) !== (length as u32)) return NO_MEMBER;
  const number = load<i32>(entry, 8);
  return number >= 0 && isName(number, start, length) ? number : NO_MEMBER;
}

function isName(number: i32, start: usize, length: usize): bool {
  const name = NAMES + (number as usize) * MAX_NAME;
  for (let at: usize = 0; at < length; at += 16) {
    const kept = v128.and(v128.load(start + at), v128.load(KEPT + 16 - min(length - at, 16)));
    if (v128.any_true(v128.xor(kept, v128.load(name + at)))) return false;
  }
  return true;
}

/** Where a hash is known; 0 where it is not. */
function entryOf(hash: u64): usize {
  let slot = (hash as usize) & MEMBERS_MASK;
  let known = load<u64>(MEMBERS + (slot << 4));
  while (known !== 0 && known !== hash) {
    slot = (slot + 1) & MEMBERS_MASK;
    known = load<u64>(MEMBERS + (slot << 4));
  }
  return known === 0 ? 0 : MEMBERS + (slot << 4);
}

export function forgetValues(): void {
  left = 0;
  right = 0;
  isComparable = members > 0;
  memory.fill(OWN_VALUES, 0, MAX_OWN_VALUES << 3);
  ownValues = 0;
}

/** The record cannot be compared with others. */
export function giveUpComparing(): void {
  isComparable = false;
}

/** Takes in a string that is the value of a member. */
export function addString(member: i32, start: usize, length: usize): void {
  if (isUuidV4(start, length)) addOwn(member, UUID, start, length);
  else if (isTime(start, length)) addOwn(member, TIME, start, length);
  else add(member, STRING, start, length);
}

/** Takes in a value that need not be the same in records that are alike, and notes where it stands. */
function addOwn(member: i32, what: u32, start: usize, length: usize): void {
  add(member, what, start, 0);
  if (ownValues === MAX_OWN_VALUES || start === FOLDED) {
    isComparable = false;
    return;
  }
  const entry = OWN_VALUES + ((ownValues++ as usize) << 3);
  store<u32>(entry, (start - TEXT) as u32);
  store<u16>(entry, length as u16, 4);
  store<u16>(entry, member as u16, 6);
}

/** Takes in a number or a literal. */
export function addScalar(member: i32, start: usize, length: usize): void {
  add(member, SCALAR, start, length);
}

/** Takes in an object or an array, by its bracket: what it holds does not matter. */
export function addContainer(member: i32, bracket: u8): void {
  add(member, bracket as u32, 0, 0);
}

function add(member: i32, what: u32, start: usize, length: usize): void {
  if (length > MAX_LENGTH) {
    isComparable = false;
    return;
  }
  let key = KEYS + (member as usize) * (KEYS_A_MEMBER << 3);
  addWord(key, what | ((length as u32) << 8));
  let at = start;
  let rest = length;
  for (key += 8; rest >= 4; key += 8, at += 4, rest -= 4) addWord(key, load<u32>(at));
  if (rest > 0) addWord(key, load<u32>(at) & ((1 << ((rest as u32) << 3)) - 1));
}

function addWord(key: usize, word: u32): void {
  left += load<u64>(key) * (word as u64);
  right += load<u64>(key + (KEYS_A_SUM << 3)) * (word as u64);
}

/** The same whole number from 1 to 2^52 for records that are alike; 0 where that cannot be said. */
export function likenessSoFar(): f64 {
  return isComparable ? ((((left >>> 32) << 20) | (right >>> 44)) as f64) + 1 : 0;
}
