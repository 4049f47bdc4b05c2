// The members that matter for whether records are alike, by their names.
import { STRING as STRING_SEED, textHash } from "./hash";
import { INTEGRATION, KEPT, MAX_NAME, MAX_NAMES, MEMBERS, MEMBERS_MASK, NAMES } from "./layout";

// Where a name matters, a bit each; src/input/scan/members.ts has the same numbers.
/** Of the record itself. */
export const TOP: u32 = 1;
/** Of its payload. */
export const PAYLOAD: u32 = 2;
/** Of its payload, and there it shows an integration event. */
export const LEADING: u32 = 4;
/** Of its payload, and there it makes the payload matter. */
export const TELLING: u32 = 8;
/** Of the record itself, which is broken unless its value is a UUID of version 4 ... */
export const ID: u32 = 16;
/** ... or unless its value is a time. */
export const INSTANT: u32 = 32;

// What texts of a payload's member are compared by; src/input/scan/members.ts has the same numbers.
// 0: all of it.
/** Nothing: any text is as good as another. */
export const FREE: u32 = 1;
/** Nothing, where it is a plain name or path. */
export const PLAIN_NAME: u32 = 2;
/** Nothing, where it is a plain web address. */
export const PLAIN_ADDRESS: u32 = 3;

/** No name that matters. */
export const NO_ENTRY: usize = 0;

let names: i32 = 0;
/** The numbers of some names; -1 where they are unknown. */
export let familyName: i32 = -1;
export let payloadName: i32 = -1;
export let startedName: i32 = -1;
export let completedName: i32 = -1;
export let durationName: i32 = -1;
let integrationLength: usize = 0;

export function hasMembers(): bool {
  return names > 0;
}

export function forgetMembers(): void {
  memory.fill(MEMBERS, 0, (MEMBERS_MASK + 1) << 4);
  names = 0;
  familyName = -1;
  payloadName = -1;
  startedName = -1;
  completedName = -1;
  durationName = -1;
  integrationLength = 0;
}

/** Adds a name that matters; false where there is no room. */
export function addName(start: usize, length: usize, roles: u32, comparison: u32): bool {
  if (names === MAX_NAMES || length > MAX_NAME) return false;
  const name = NAMES + (names as usize) * MAX_NAME;
  memory.fill(name, 0, MAX_NAME);
  memory.copy(name, start, length);
  const hash = textHash(start, length, STRING_SEED);
  let slot = (hash as usize) & MEMBERS_MASK;
  while (load<u64>(MEMBERS + (slot << 4)) !== 0) slot = (slot + 1) & MEMBERS_MASK;
  const entry = MEMBERS + (slot << 4);
  store<u64>(entry, hash);
  store<u16>(entry, names as u16, 8);
  store<u8>(entry, roles as u8, 10);
  store<u8>(entry, comparison as u8, 11);
  store<u32>(entry, length as u32, 12);
  names++;
  return true;
}

/** The names that have a meaning here, by their numbers; -1 where they do not matter. */
export function setNames(family: i32, payload: i32, started: i32, completed: i32, duration: i32): void {
  familyName = family;
  payloadName = payload;
  startedName = started;
  completedName = completed;
  durationName = duration;
}

/** The event_family whose payload is an integration event. */
export function setIntegration(start: usize, length: usize): void {
  memory.fill(INTEGRATION, 0, 64);
  memory.copy(INTEGRATION, start, length);
  integrationLength = length;
}

export function isIntegrationFamily(start: usize, length: usize): bool {
  return length === integrationLength && isSame(INTEGRATION, start, length);
}

/**
 * The entry of a name that matters; NO_ENTRY for others. Anybody can find another name with the same hash: only the
 * name itself tells.
 */
export function entryOf(hash: u64, start: usize, length: usize): usize {
  let slot = (hash as usize) & MEMBERS_MASK;
  let known = load<u64>(MEMBERS + (slot << 4));
  while (known !== 0 && known !== hash) {
    slot = (slot + 1) & MEMBERS_MASK;
    known = load<u64>(MEMBERS + (slot << 4));
  }
  if (known === 0) return NO_ENTRY;
  const entry = MEMBERS + (slot << 4);
  if (load<u32>(entry, 12) !== (length as u32)) return NO_ENTRY;
  return isSame(NAMES + (numberOf(entry) as usize) * MAX_NAME, start, length) ? entry : NO_ENTRY;
}

export function numberOf(entry: usize): u32 {
  return load<u16>(entry, 8);
}

export function rolesOf(entry: usize): u32 {
  return load<u8>(entry, 10);
}

export function comparisonOf(entry: usize): u32 {
  return load<u8>(entry, 11);
}

/** True if a text is the one at `known`, after which zeros stand up to the next sixteen bytes. */
function isSame(known: usize, start: usize, length: usize): bool {
  for (let at: usize = 0; at < length; at += 16) {
    const kept = v128.and(v128.load(start + at), v128.load(KEPT + 16 - min(length - at, 16)));
    if (v128.any_true(v128.xor(kept, v128.load(known + at)))) return false;
  }
  return true;
}
