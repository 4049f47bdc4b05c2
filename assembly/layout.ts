// Where things stand in the memory. What grows with the input comes after all of this, from the heap's base on.

/** Which bytes may stand before a word: a bit for each row of sixteen, by the half-bytes of a byte. */
export const BEFORE_LOW: usize = memory.data(16, 16);
export const BEFORE_HIGH: usize = memory.data(16, 16);

/** The first four bytes of what secrets begin with: which of 64 groups have a byte first, second, ... */
export const HEADS: usize = memory.data(4 * 256 * 8, 16);

/** Places of the members of a record: a table with open addressing. */
export const PLACES: usize = memory.data(8 << 16, 16);
export const PLACES_MASK: usize = 0xffff;

/** The containers around a value. */
export const LEVELS: usize = memory.data(16 * 64, 16);
export const MAX_LEVELS: u32 = 64;

/** The names of the members that matter, by their hashes: a table with open addressing. */
export const MAX_MEMBERS: i32 = 64;
export const MEMBERS: usize = memory.data(16 * 256, 16);
export const MEMBERS_MASK: usize = 255;

/** Their keys, which are numbers that nobody outside knows: 34 for each of 64. */
export const KEYS: usize = memory.data(8 * 34 * 64, 16);

/** Where in a record the values stand that those that are like it need not share: eight bytes each. */
export const MAX_OWN_VALUES: u32 = 6;
export const OWN_VALUES: usize = memory.data(8 * 6, 16);

/** An id in lower case. */
export const FOLDED: usize = memory.data(64, 16);

/** Sixteen bytes that are kept, then sixteen that are not: read from further on, it keeps fewer. */
export const KEPT: usize = memory.data<u64>([-1, -1, 0, 0], 16);

/** Where a text begins that is to be scanned; two maps of it, with a bit for each byte, and the rows come behind it. */
export const TEXT: usize = (__heap_base + 15) & ~15;

/** Bytes that may be read or written behind a text and behind a map. */
const MARGIN: usize = 64;

/** The map of the quotes in a text. */
export function quotesOf(textLength: usize): usize {
  return (TEXT + textLength + MARGIN + 15) & ~15;
}

/** From the map of quotes to that of the places where words begin, and from there to what is behind both. */
export function mapSize(textLength: usize): usize {
  return ((textLength >> 3) + MARGIN + 15) & ~15;
}
