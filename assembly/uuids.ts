// UUIDs as sixteen bytes: four words, each with the digits of the text in its order.

/** The sixteen bytes of the UUID in lower case at `at`. */
export function uuidAt(at: usize): v128 {
  const head = v128.load(at);
  const middle = v128.load(at, 8);
  const tail = v128.load(at, 20);
  const first = digits(i8x16.shuffle(head, middle, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 24, 25));
  const second = digits(
    i8x16.shuffle(middle, tail, 11, 12, 13, 14, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31),
  );
  const high = v128.or(i16x8.shl(first, 4), i16x8.shr_u(first, 8));
  const low = v128.or(i16x8.shl(second, 4), i16x8.shr_u(second, 8));
  return i8x16.shuffle(high, low, 6, 4, 2, 0, 14, 12, 10, 8, 22, 20, 18, 16, 30, 28, 26, 24);
}

/** The values of hexadecimal digits in lower case. */
function digits(text: v128): v128 {
  const decimal = i8x16.sub(text, i8x16.splat(0x30));
  const isDecimal = i8x16.lt_u(decimal, i8x16.splat(10));
  return v128.bitselect(decimal, i8x16.sub(text, i8x16.splat(0x57)), isDecimal);
}

/** Two numbers of 64 bits in the form of a UUID, as src/model/uuid-form.ts writes them. */
export function uuidFor(first: u64, second: u64): v128 {
  return i64x2.replace_lane(i64x2.splat(rotl<u64>(first, 32)), 1, rotl<u64>(second, 32));
}
