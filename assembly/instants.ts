// The instants of times that are known to be right.
import { OWN_AT, TEXT } from "./layout";

/** The instant read last: whole seconds since 1970, and the fraction of a second. */
export let seconds: f64 = 0;
export let fraction: f64 = 0;

/** The date read last, as its text, and where its day begins: most times of a log are of few days. */
let dateHead: u64 = 0;
let dateTail: u32 = 0;
let dayStart: i64 = 0;

const POWERS: usize = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]);

/** Reads the own value of a member, which is a time. */
export function readInstant(member: u32): void {
  const entry = OWN_AT + ((member as usize) << 3);
  const start = TEXT + (load<u32>(entry) as usize);
  const end = start + (load<u32>(entry, 4) as usize);
  const head = load<u64>(start);
  const tail = load<u32>(start, 6);
  if (head !== dateHead || tail !== dateTail) {
    dateHead = head;
    dateTail = tail;
    dayStart = daysTo(two(start) * 100 + two(start + 2), two(start + 5), two(start + 8)) * 86400;
  }
  const time = (two(start + 11) * 60 + two(start + 14)) * 60 + two(start + 17);
  const zone = readFraction(start + 19);
  seconds = (dayStart + (time as i64) - zoneSeconds(zone, end)) as f64;
}

/** Reads the digits after a point, if there is one; gives where they end. */
function readFraction(start: usize): usize {
  fraction = 0;
  if (load<u8>(start) !== 0x2e) return start;
  let at = start + 1;
  let value: u64 = 0;
  for (let digit = load<u8>(at) - 0x30; digit <= 9; digit = load<u8>(at) - 0x30) {
    value = value * 10 + (digit as u64);
    at++;
  }
  fraction = (value as f64) / load<f64>(POWERS + ((at - start - 1) << 3));
  return at;
}

/** Seconds east of UTC. */
function zoneSeconds(start: usize, end: usize): i64 {
  if (start + 1 === end) return 0;
  const minutes = two(start + 1) * 60 + two(start + 4);
  return ((load<u8>(start) === 0x2d ? -minutes : minutes) as i64) * 60;
}

function two(at: usize): i32 {
  return ((load<u8>(at) - 0x30) as i32) * 10 + ((load<u8>(at + 1) - 0x30) as i32);
}

/** Days from 1970 in the proleptic Gregorian calendar. Years begin in March here, so that leap days come last. */
function daysTo(year: i32, month: i32, day: i32): i64 {
  const marchYear = month > 2 ? year : year - 1;
  const leapDays = floorDiv(marchYear, 4) - floorDiv(marchYear, 100) + floorDiv(marchYear, 400);
  const dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  return (marchYear * 365 + leapDays + dayOfYear - 719468) as i64;
}

/** The year before 0 is -1, which is March of the year 0. */
function floorDiv(value: i32, by: i32): i32 {
  return value < 0 ? -1 : value / by;
}
