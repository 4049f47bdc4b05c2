// 64-bit hashes of texts and of what stands where.
import { KEPT } from "./layout";

/** Tells a string from a number or a literal of the same characters, as seeds of their hashes. */
export const STRING: u64 = 0x243f6a8885a308d3;
export const SCALAR: u64 = 0x13198a2e03707344;

/** What containers count as at their place. */
export const OBJECT: u64 = 0xa4093822299f31d0;
export const ARRAY: u64 = 0x082efa98ec4e6c89;

const INDEX: u64 = 0x452821e638d01377;

/**
 * A hash of `length` bytes from `start` on, which may be followed by any others. Words of eight bytes go by
 * turns into two halves, so that neither has to wait for the other.
 */
export function textHash(start: usize, length: usize, seed: u64): u64 {
  let even = seed ^ (length as u64);
  let odd = seed;
  let at = start;
  let left = length;
  for (; left > 16; at += 16, left -= 16) {
    even = withEven(even, load<u64>(at));
    odd = withOdd(odd, load<u64>(at, 8));
  }
  const rest = v128.and(v128.load(at), v128.load(KEPT + 16 - left));
  even = withEven(even, i64x2.extract_lane(rest, 0));
  odd = withOdd(odd, i64x2.extract_lane(rest, 1));
  return (even ^ (even >>> 32)) * 0xd1b54a32d192ed03 + odd;
}

// Multiplying moves differences upwards only: they are brought down in between.

function withEven(hash: u64, word: u64): u64 {
  return rotl<u64>(hash + word * 0x9fb21c651e98df25, 31) * 0xd6e8feb86659fd93;
}

function withOdd(hash: u64, word: u64): u64 {
  return rotl<u64>(hash + word * 0xe7037ed1a0b428db, 29) * 0x8ebc6af09c88c6e3;
}

/** A hash of a thing at a place, or the place of a member: every bit of the sum changes every bit of it. */
export function mixed(place: u64, thing: u64): u64 {
  let hash = place + thing;
  hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9;
  hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111eb;
  return hash ^ (hash >>> 31);
}

/** What is mixed with an array's place for that of an element. */
export function indexHash(index: u32): u64 {
  return ((index as u64) + 1) * INDEX;
}
