// The own values of a record: those in which records that are alike may differ.
import { fraction, readInstant, seconds } from "./instants";
import { FOLDED, IN_PAYLOAD, MAX_OWN, OWN_AT, OWN_MEMBERS, TEXT } from "./layout";
import { completedName, durationName, startedName } from "./members";

// What a member's value is.
export const UUID: u32 = 1;
export const TIME: u32 = 2;
export const STRING: u32 = 3;
export const SCALAR: u32 = 4;
export const ANY_TEXT: u32 = 5;
export const NAME: u32 = 6;
export const ADDRESS: u32 = 7;
export const NEGATIVE: u32 = 8;
export const ZERO: u32 = 9;
export const POSITIVE: u32 = 10;
// What a wrong value is: see wrong-values.ts.
export const OTHER_VERSION: u32 = 11;
export const OTHER_ID: u32 = 12;
export const OTHER_TIME: u32 = 13;
export const UNIX_TIME: u32 = 14;
export const PREFIXED_ID: u32 = 15;

let ownValues: u32 = 0;

/** Which times and durations the payload has, a bit each. */
const STARTED: u32 = 1;
const COMPLETED: u32 = 2;
const DURATION: u32 = 4;
let times: u32 = 0;

export function forgetOwn(): void {
  ownValues = 0;
  times = 0;
}

/** Notes where an own value of a member stands, and what it is; false where there is no room. */
export function noteOwn(member: u32, what: u32, start: usize, length: usize): bool {
  if (ownValues === MAX_OWN || start === FOLDED) return false;
  store<u16>(OWN_MEMBERS + ((ownValues++ as usize) << 1), (member | (what << 8)) as u16);
  const entry = OWN_AT + ((member as usize) << 3);
  store<u32>(entry, (start - TEXT) as u32);
  store<u32>(entry, length as u32, 4);
  if (member >= IN_PAYLOAD) noteTime((member - IN_PAYLOAD) as i32, what);
  return true;
}

function noteTime(name: i32, what: u32): void {
  if (what === TIME && name === startedName) times |= STARTED;
  else if (what === TIME && name === completedName) times |= COMPLETED;
  else if (what >= NEGATIVE && name === durationName) times |= DURATION;
}

/** True if areTimesRight needs the value of a member of the payload. */
export function isTimed(name: i32): bool {
  return name === startedName || name === completedName || name === durationName;
}

/** Milliseconds for rounding, and a little more for the arithmetic of fractions. */
const TOLERANCE: f64 = 1.000001;

/** True if something ended after it began, and took as long as it says. */
export function areTimesRight(): bool {
  if ((times & (STARTED | COMPLETED)) !== (STARTED | COMPLETED)) return true;
  readInstant(IN_PAYLOAD + startedName);
  const began = seconds;
  const fractionBefore = fraction;
  readInstant(IN_PAYLOAD + completedName);
  const elapsed = (seconds - began) * 1000 + (fraction - fractionBefore) * 1000;
  if (elapsed < 0) return false;
  return (times & DURATION) === 0 || abs(integerOf(IN_PAYLOAD + durationName) - elapsed) <= TOLERANCE;
}

/** The value of a member that is a whole number. */
export function integerOf(member: u32): f64 {
  const entry = OWN_AT + ((member as usize) << 3);
  let at = TEXT + (load<u32>(entry) as usize);
  const end = at + (load<u32>(entry, 4) as usize);
  const isNegative = load<u8>(at) === 0x2d;
  let value: i64 = 0;
  for (at += isNegative ? 1 : 0; at < end; at++) value = value * 10 + ((load<u8>(at) - 0x30) as i64);
  return (isNegative ? -value : value) as f64;
}

/** Drops the own values of the payload, which does not matter. */
export function forgetOwnOfPayload(): void {
  let kept: u32 = 0;
  for (let own: u32 = 0; own < ownValues; own++) {
    const member = load<u16>(OWN_MEMBERS + ((own as usize) << 1));
    if (((member & 0xff) as u32) >= IN_PAYLOAD) continue;
    store<u16>(OWN_MEMBERS + ((kept as usize) << 1), member);
    kept++;
  }
  ownValues = kept;
}

/** How many own values the record has. */
export function ownCount(): u32 {
  return ownValues;
}
