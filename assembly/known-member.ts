// The bytes of a known member; see known-members.ts.

// A known member: this head, its bytes, and which have come after it. The first one stands for the beginning of a
// record.
export const LENGTH: usize = 0;
export const FOLLOWERS: usize = 4;
export const WHAT: usize = 8;
export const MEANING: usize = 9;
export const MEMBER: usize = 10;
export const PLACE: usize = 16;
export const SUM: usize = 24;
export const LEFT: usize = 32;
export const RIGHT: usize = 40;
export const BYTES: usize = 48;
export const MAX_BYTES: usize = 112;
export const FOLLOWING: usize = 160;

// A follower: its last eight bytes, which is where those that may stand in one place differ, its length, and where it
// is.
export const FOLLOWER: usize = 16;
export const LAST: usize = 0;
export const FOLLOWER_LENGTH: usize = 8;
export const ADDRESS: usize = 12;
export const MAX_FOLLOWERS: u32 = 48;

// What a member's value is: an own value, or one of these.
export const CONSTANT: u32 = 0;
/** A container, at which the known members end. */
export const CONTAINER: u32 = 0xff;

// What a member means, a bit each.
export const IS_ID: u32 = 1;
export const IS_FAMILY: u32 = 2;
export const IS_INTEGRATION: u32 = 4;
/** It does not matter for likeness. */
export const IS_UNKNOWN: u32 = 8;

/** True if two texts of at least eight bytes are the same, if their last eight are. */
export function isSame(one: usize, other: usize, length: usize): bool {
  if (length < 16) return load<u64>(one) === load<u64>(other);
  const last = length - 16;
  for (let at: usize = 0; at < last; at += 16)
    if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
  return !v128.any_true(v128.xor(v128.load(one + last), v128.load(other + last)));
}
