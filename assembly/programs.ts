// Known kinds of records, and what log rules keep of each: a program writes it as rows. Where bytes of a program and of a
// row stand is known to src/input/scan/programs.ts too.
import { fraction, readInstant, seconds } from "./instants";
import {
  BUFFER_ROWS,
  BUFFERS,
  KIND_MASK,
  KIND_SLOTS,
  KINDS,
  LATEST,
  LATEST_MASK,
  MAX_KINDS,
  MAX_ROW,
  MAX_SOURCES,
  OWN_AT,
  PROGRAMS,
  PROGRAMS_END,
  ROWS,
  TEXT,
} from "./layout";
import { integerOf } from "./own-values";
import { uuidAt, uuidFor } from "./uuids";
import { contentSum, idSum, payloadSum } from "./walk";

/** A step of a program: this head, then what each of four slots holds and of which member, then its numbers. */
const HEAD: usize = 16;
const SLOT: usize = 2;
const NUMBER: usize = 16;

// What a step does with its row.
/** Writes it. */
const WRITE: u32 = 1;
/** Writes it, unless the block has one with the same slots. */
const WRITE_FIRST: u32 = 2;
// Any other number: writes it over one with the same slots whose instant is earlier.

// What a slot holds.
const OWN_UUID: u32 = 1;
const DIGEST: u32 = 2;
const INSTANT: u32 = 3;
const TEXT_AT: u32 = 4;
const INTEGER: u32 = 5;

// What a number is.
const CONSTANT: u32 = 0;
const DIGEST_PLUS: u32 = 1;
const INTEGER_PLUS: u32 = 3;
// Any other number: some lower bits of a digest, above a constant.

// Which digest.
const CONTENT: u32 = 0;
const DELIVERY: u32 = 1;

const NO_MEMBER: u32 = 0xff;

// A row: the line, the line of the first that it stands for, how many these are, the number of its pattern, its
// instant, its slots, and its numbers.
const FIRST_LINE: usize = 4;
const COUNT: usize = 8;
const PATTERN: usize = 12;
const SECONDS: usize = 16;
const FRACTION: usize = 24;
const SLOTS: usize = 32;

let kinds: u32 = 0;
let programsEnd: usize = PROGRAMS;

export function forgetKinds(): void {
  if (kinds > 0) memory.fill(KIND_SLOTS, 0, 16 << 15);
  if (kinds > 0) memory.fill(KINDS, 0, 16 << 14);
  kinds = 0;
  programsEnd = PROGRAMS;
}

/**
 * Adds a kind, whose program of `length` bytes the caller then writes where this says; 0 where there is no room.
 */
export function addKind(likeness: f64, length: usize): usize {
  if (kinds + 1 >= MAX_KINDS || programsEnd + length > PROGRAMS_END) return 0;
  kinds++;
  const entry = slotOf(likeness);
  store<f64>(entry, likeness);
  store<u32>(entry, kinds, 8);
  const kind = KINDS + ((kinds as usize) << 4);
  store<u32>(kind, programsEnd as u32);
  programsEnd += length;
  store<u32>(kind, programsEnd as u32, 4);
  return programsEnd - length;
}

/** The number of the kind with a likeness; 0 where it is unknown. */
export function kindOf(likeness: f64): u32 {
  return load<u32>(slotOf(likeness), 8);
}

/** Where a kind is in the table, or would be. */
function slotOf(likeness: f64): usize {
  let slot = ((reinterpret<u64>(likeness) * 0x9e3779b97f4a7c15) >>> 49) as u32;
  let entry = KIND_SLOTS + ((slot as usize) << 4);
  while (load<u32>(entry, 8) !== 0 && load<f64>(entry) !== likeness) {
    slot = (slot + 1) & KIND_MASK;
    entry = KIND_SLOTS + ((slot as usize) << 4);
  }
  return entry;
}

/** Prepares the buffer of a source, with rows of this number of bytes. */
export function openBuffer(source: u32, rowSize: usize): void {
  const buffer = BUFFERS + ((source as usize) << 4);
  store<u32>(buffer, (ROWS + (source as usize) * (BUFFER_ROWS as usize) * MAX_ROW) as u32);
  store<u32>(buffer, rowSize as u32, 4);
}

/** Empties all buffers: the caller has taken their rows. */
export function emptyBuffers(): void {
  for (let source: usize = 0; source < (MAX_SOURCES as usize); source++)
    store<u32>(BUFFERS + (source << 4), 0, 8);
  memory.fill(LATEST, 0, 4 << 12);
}

/** Forgets how many records of each kind there were. */
export function forgetCounts(): void {
  for (let kind: u32 = 1; kind <= kinds; kind++) store<u32>(KINDS + ((kind as usize) << 4), 0, 8);
}

/** True if a buffer may have no room for the rows of another record. */
export let isFull = false;

export function makeRoom(): void {
  isFull = false;
}

/** Runs the program of a kind for the record scanned last. */
export function runKind(kind: u32, line: u32): void {
  const entry = KINDS + ((kind as usize) << 4);
  const count = load<u32>(entry, 8);
  if (count === 0) store<u32>(entry, line, 12);
  store<u32>(entry, count + 1, 8);
  const end = load<u32>(entry, 4) as usize;
  for (let step = load<u32>(entry) as usize; step < end; ) step = run(step, line);
}

/** Runs one step; gives the next. */
function run(step: usize, line: u32): usize {
  const slots = load<u8>(step, 2) as usize;
  const numbers = load<u8>(step, 3) as usize;
  const buffer = BUFFERS + ((load<u8>(step, 1) as usize) << 4);
  const count = load<u32>(buffer, 8);
  const row = (load<u32>(buffer) as usize) + (count as usize) * (load<u32>(buffer, 4) as usize);
  store<u32>(row, line);
  store<u32>(row, line, FIRST_LINE);
  store<u32>(row, 1, COUNT);
  store<u32>(row, load<u32>(step, 4), PATTERN);
  writeInstant(row, load<u8>(step, 8), load<u8>(step, 9));
  let at = row + SLOTS;
  for (let slot = step + HEAD; slot < step + HEAD + slots * SLOT; slot += SLOT, at += 16)
    v128.store(at, slotAt(load<u8>(slot), load<u8>(slot, 1)));
  let number = step + HEAD + 4 * SLOT;
  for (let left = numbers; left > 0; left--, number += NUMBER, at += 8) store<f64>(at, numberAt(number));
  if (isKept(load<u8>(step), row, slots, numbers)) {
    store<u32>(buffer, count + 1, 8);
    if (count + 8 >= BUFFER_ROWS) isFull = true;
  }
  return number;
}

/** Writes the instant of a member, or the earlier one of two. */
function writeInstant(row: usize, member: u32, other: u32): void {
  if (member === NO_MEMBER) {
    store<f64>(row, NaN, SECONDS);
    store<f64>(row, 0, FRACTION);
    return;
  }
  readInstant(member);
  store<f64>(row, seconds, SECONDS);
  store<f64>(row, fraction, FRACTION);
  if (other === NO_MEMBER) return;
  readInstant(other);
  const before = load<f64>(row, SECONDS);
  if (before < seconds || (before === seconds && load<f64>(row, FRACTION) <= fraction)) return;
  store<f64>(row, seconds, SECONDS);
  store<f64>(row, fraction, FRACTION);
}

function slotAt(what: u32, member: u32): v128 {
  if (what === OWN_UUID) return uuidAt(textOf(member));
  if (what === DIGEST) return uuidFor(0, digestOf(member));
  if (what === INSTANT) {
    readInstant(member);
    return uuidFor(reinterpret<u64>(seconds), reinterpret<u64>(fraction));
  }
  if (what === TEXT_AT)
    return i64x2.replace_lane(i64x2.splat(0), 0, load<u64>(OWN_AT + ((member as usize) << 3)));
  if (what === INTEGER) return f64x2.replace_lane(f64x2.splat(0), 0, integerOf(member));
  return i64x2.splat(0);
}

function textOf(member: u32): usize {
  return TEXT + (load<u32>(OWN_AT + ((member as usize) << 3)) as usize);
}

/** A digest of the record: a whole number below 2^52. */
export function digestOf(which: u32): u64 {
  const sum = which === CONTENT ? contentSum : which === DELIVERY ? contentSum + idSum : payloadSum;
  return sum >>> 12;
}

function numberAt(number: usize): f64 {
  const what = load<u8>(number);
  const constant = load<f64>(number, 8);
  if (what === CONSTANT) return constant;
  const which = load<u8>(number, 1);
  if (what === DIGEST_PLUS) return (digestOf(which) as f64) + constant;
  if (what === INTEGER_PLUS) return integerOf(which) + constant;
  const bits = load<u8>(number, 2) as u64;
  return ((((digestOf(which) << (64 - bits)) >>> (64 - bits)) << (53 - bits)) as f64) + constant;
}

/** True if a row is to be kept; one that the block has already may be changed by it. */
function isKept(what: u32, row: usize, slots: usize, numbers: usize): bool {
  if (what === WRITE) return true;
  const slot = LATEST + ((hashOf(row, slots) & (LATEST_MASK as usize)) << 2);
  const earlier = load<u32>(slot) as usize;
  if (earlier === 0 || !isAlike(earlier, row, slots)) {
    store<u32>(slot, row as u32);
    return true;
  }
  if (what === WRITE_FIRST) {
    // The only number of a first one is what tells deliveries apart.
    const delivery = SLOTS + (slots << 4);
    if (numbers > 0 && load<f64>(earlier + delivery) !== load<f64>(row + delivery))
      store<u32>(earlier, 2, COUNT);
    return false;
  }
  store<u32>(earlier, load<u32>(earlier, COUNT) + 1, COUNT);
  if (!isLater(row, earlier)) return false;
  store<u32>(earlier, load<u32>(row));
  store<f64>(earlier, load<f64>(row, SECONDS), SECONDS);
  store<f64>(earlier, load<f64>(row, FRACTION), FRACTION);
  return false;
}

function hashOf(row: usize, slots: usize): usize {
  let hash = load<u32>(row, PATTERN) as u64;
  for (let at = row + SLOTS; at < row + SLOTS + (slots << 4); at += 8)
    hash = (rotl<u64>(hash, 5) ^ load<u64>(at)) * 0x9e3779b97f4a7c15;
  return (hash >>> 32) as usize;
}

function isAlike(one: usize, other: usize, slots: usize): bool {
  if (load<u32>(one, PATTERN) !== load<u32>(other, PATTERN)) return false;
  for (let at = SLOTS; at < SLOTS + (slots << 4); at += 16)
    if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
  return true;
}

/** True if one row has a later instant than the other. A row without an instant comes before all that have one. */
function isLater(one: usize, other: usize): bool {
  const before = load<f64>(other, SECONDS);
  const after = load<f64>(one, SECONDS);
  if (F64.isNaN(before)) return !F64.isNaN(after);
  return after > before || (after === before && load<f64>(one, FRACTION) > load<f64>(other, FRACTION));
}
