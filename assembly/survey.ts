// The first look at a record, sixteen bytes at a time: where strings end, and which signs of secrets there are.
import { ASSIGNMENT, AT_SIGN, BACKSLASH, BEGINNING, WIDE } from "./flags";
import { BEFORE_HIGH, BEFORE_LOW, HEADS, KEPT } from "./layout";

// Vectors of one byte: read from memory they cost an instruction, written as constants three.
const DOUBLE_QUOTES: usize = memory.data<u64>([0x2222222222222222, 0x2222222222222222], 16);
const APOSTROPHES: usize = memory.data<u64>([0x2727272727272727, 0x2727272727272727], 16);
const DASHES: usize = memory.data<u64>([0x2d2d2d2d2d2d2d2d, 0x2d2d2d2d2d2d2d2d], 16);
const EQUALS: usize = memory.data<u64>([0x3d3d3d3d3d3d3d3d, 0x3d3d3d3d3d3d3d3d], 16);
const AT_SIGNS: usize = memory.data<u64>([0x4040404040404040, 0x4040404040404040], 16);
const BACKSLASHES: usize = memory.data<u64>([0x5c5c5c5c5c5c5c5c, 0x5c5c5c5c5c5c5c5c], 16);
const LOWER_HALVES: usize = memory.data<u64>([0x0f0f0f0f0f0f0f0f, 0x0f0f0f0f0f0f0f0f], 16);

/**
 * Notes in `quotes` where the quotes and backslashes of a record are, a bit for each byte, and sets all bits
 * behind the record; in `words` where a word begins right behind a byte.
 *
 * @returns flags
 */
export function survey(start: usize, end: usize, quotes: usize, words: usize): u32 {
  let atSigns = i8x16.splat(0);
  let assignments = i8x16.splat(0);
  let backslashes = i8x16.splat(0);
  let all = i8x16.splat(0);
  let map: usize = 0;
  for (let at = start; at < end; at += 16, map += 2) {
    let here = v128.load(at);
    const next = v128.load(at, 1);
    const left = end - at;
    if (left < 16) here = v128.and(here, v128.load(KEPT + 16 - left));
    all = v128.or(all, here);
    const slashes = i8x16.eq(here, v128.load(BACKSLASHES));
    backslashes = v128.or(backslashes, slashes);
    const ends = v128.or(slashes, i8x16.eq(here, v128.load(DOUBLE_QUOTES)));
    store<u16>(quotes + map, i8x16.bitmask(ends) as u16);
    atSigns = v128.or(atSigns, i8x16.eq(here, v128.load(AT_SIGNS)));
    const dashes = v128.and(i8x16.eq(here, v128.load(DASHES)), i8x16.eq(next, v128.load(DASHES)));
    const signs = v128.or(i8x16.eq(here, v128.load(EQUALS)), i8x16.eq(here, v128.load(APOSTROPHES)));
    assignments = v128.or(assignments, v128.or(dashes, signs));
    store<u16>(words + map, i8x16.bitmask(v128.and(before(here), letters(next))) as u16);
  }
  closeMaps(end - start, quotes, words + map);
  return (
    (hasBeginning(start, words, words + map) ? BEGINNING : 0) |
    (v128.any_true(backslashes) ? BACKSLASH : 0) |
    (v128.any_true(atSigns) ? AT_SIGN : 0) |
    (v128.any_true(assignments) ? ASSIGNMENT : 0) |
    (i8x16.bitmask(all) !== 0 ? WIDE : 0)
  );
}

/** Which bytes may stand before a word. */
function before(bytes: v128): v128 {
  const lower = i8x16.swizzle(v128.load(BEFORE_LOW), v128.and(bytes, v128.load(LOWER_HALVES)));
  const upper = i8x16.swizzle(
    v128.load(BEFORE_HIGH),
    v128.and(i16x8.shr_u(bytes, 4), v128.load(LOWER_HALVES)),
  );
  return i8x16.ne(v128.and(lower, upper), i8x16.splat(0));
}

/** Which bytes are letters of ASCII, or one of the few signs among them. */
function letters(bytes: v128): v128 {
  return i8x16.gt_s(bytes, v128.load(AT_SIGNS));
}

function closeMaps(length: usize, quotes: usize, wordsEnd: usize): void {
  const last = quotes + (length >> 3);
  store<u64>(last, load<u8>(last) | (0xffffffffffffffff << ((length & 7) as u64)));
  store<u64>(wordsEnd, 0);
}

/** Whether one of the words is what a secret may begin with. */
function hasBeginning(start: usize, words: usize, wordsEnd: usize): bool {
  let found: u64 = 0;
  let base = start + 1;
  for (let map = words; map < wordsEnd; map += 8, base += 64) {
    let bits = load<u64>(map);
    while (bits !== 0) {
      found |= groupsAt(base + (ctz(bits) as usize));
      bits &= bits - 1;
    }
  }
  return found !== 0;
}

/** The groups of beginnings that the four bytes from `at` on may be of. */
function groupsAt(at: usize): u64 {
  return groupsOf(at, 0) & groupsOf(at, 1) & groupsOf(at, 2) & groupsOf(at, 3);
}

function groupsOf(at: usize, place: usize): u64 {
  return load<u64>(HEADS + (((place << 8) | (load<u8>(at + place) as usize)) << 3));
}
