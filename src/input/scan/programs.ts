import {
  type DigestName,
  MAX_NUMBERS,
  MAX_SLOTS,
  type Program,
  type RowNumber,
  type Slot,
  type Step,
} from "../../model/kinds.js";

// The numbers of assembly/programs.ts.
const KEEPS = { all: 1, first: 2, latest: 3 } as const;
const SLOTS = { none: 0, uuid: 1, digest: 2, instant: 3, name: 4, id: 4, integer: 5 } as const;
const NUMBERS = { constant: 0, digest: 1, packed: 2, integer: 3 } as const;
const DIGESTS: Readonly<Record<DigestName, number>> = { content: 0, delivery: 1, payload: 2 };
const NO_MEMBER = 0xff;

const HEAD_BYTES = 16;
const SLOT_BYTES = 2;
const NUMBER_BYTES = 16;

/** A program as the bytes that the scanner runs. */
export function encoded(program: Program): Uint8Array {
  return Buffer.concat(program.map(encodedStep));
}

function encodedStep({ source, keeps, pattern, slots, numbers, times }: Step): Uint8Array {
  if (slots.length > MAX_SLOTS || numbers.length > MAX_NUMBERS)
    throw new RangeError("a row has no room for that");
  const size = HEAD_BYTES + MAX_SLOTS * SLOT_BYTES + numbers.length * NUMBER_BYTES;
  const bytes = new DataView(new ArrayBuffer(size));
  bytes.setUint8(0, KEEPS[keeps]);
  bytes.setUint8(1, source);
  bytes.setUint8(2, slots.length);
  bytes.setUint8(3, numbers.length);
  bytes.setUint32(4, pattern, true);
  bytes.setUint8(8, times[0] ?? NO_MEMBER);
  bytes.setUint8(9, times[1] ?? NO_MEMBER);
  for (const [index, slot] of slots.entries()) putSlot(bytes, HEAD_BYTES + SLOT_BYTES * index, slot);
  const from = HEAD_BYTES + MAX_SLOTS * SLOT_BYTES;
  for (const [index, number] of numbers.entries()) putNumber(bytes, from + NUMBER_BYTES * index, number);
  return new Uint8Array(bytes.buffer);
}

function putSlot(bytes: DataView, at: number, slot: Slot): void {
  bytes.setUint8(at, SLOTS[slot.what]);
  if (slot.what === "digest") bytes.setUint8(at + 1, DIGESTS[slot.digest]);
  else if (slot.what !== "none") bytes.setUint8(at + 1, slot.member);
}

function putNumber(bytes: DataView, at: number, number: RowNumber): void {
  bytes.setUint8(at, NUMBERS[number.what]);
  if (number.what === "integer") bytes.setUint8(at + 1, number.member);
  else if (number.what !== "constant") bytes.setUint8(at + 1, DIGESTS[number.digest]);
  if (number.what === "packed") bytes.setUint8(at + 2, number.bits);
  bytes.setFloat64(at + 8, number.constant, true);
}
