// Scans JSON texts that stand in the memory. Whatever the bytes are, nothing is read or written beyond them
// and their margins; what is said of a record means something only where it is a JSON object in UTF-8.
import { INTRICATE, UNCERTAIN, UNUSUAL } from "./flags";
import { LEVELS, MAX_LEVELS, MAX_OWN_VALUES, mapSize, OWN_VALUES, quotesOf, TEXT } from "./layout";
import { addApart, addMember, likenessSoFar } from "./likeness";
import { survey } from "./survey";
import { contentSum, idSum, walk } from "./walk";

export { BEFORE_HIGH, BEFORE_LOW, FACTORS, HEADS, KEYS, TEXT } from "./layout";
export { forgetMembers } from "./likeness";

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;

/**
 * Bytes of a row: start, end, line and flags as 32 bits each, two digests and the likeness as 64-bit floats, then
 * the record's own values: start (32 bits), length and member (16 bits each), all 0 where there are no more.
 */
const ROW: usize = 88;

/** Where the last scan of lines ended, and how many lines it passed. */
export let scanned: usize = 0;
export let lines: u32 = 0;

/**
 * Makes room for a text at TEXT and for as many bytes behind it.
 *
 * @returns where these bytes are; 0 where there is no memory
 */
export function reserve(length: usize, behind: usize): usize {
  const place = behindMaps(length);
  const pages = ((place + behind + 0xffff) >> 16) as i32;
  const missing = pages - memory.size();
  return missing > 0 && memory.grow(missing) < 0 ? 0 : place;
}

/**
 * Scans the lines of a text of `length` bytes that `reserve` made room for.
 *
 * @param rows how many rows there is room for; blank lines have none
 * @returns how many rows there are
 */
export function scanLines(length: usize, rows: u32): u32 {
  const textEnd = TEXT + length;
  // Every line ends, at the latest there.
  store<u8>(textEnd, NEWLINE);
  let row = behindMaps(length);
  const lastRow = row + (rows as usize) * ROW;
  let at = TEXT;
  let line: u32 = 0;
  for (; at < textEnd && row < lastRow; line++) {
    const newline = lineEnd(at);
    const end = newline > at && load<u8>(newline - 1) === RETURN ? newline - 1 : newline;
    if (!isBlank(at, end)) {
      scanInto(row, at, end, length, line);
      row += ROW;
    }
    at = newline + 1;
  }
  scanned = min(at, textEnd) - TEXT;
  lines = line;
  return ((row - behindMaps(length)) / ROW) as u32;
}

function lineEnd(from: usize): usize {
  let at = from;
  let newlines = newlinesAt(at);
  while (newlines === 0) {
    at += 16;
    newlines = newlinesAt(at);
  }
  return at + (ctz(newlines) as usize);
}

/** Which of sixteen bytes are line ends. */
function newlinesAt(at: usize): u32 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(NEWLINE as i8))) as u32;
}

function isBlank(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}

function scanInto(row: usize, start: usize, end: usize, length: usize, line: u32): void {
  const flags = scan(start, end, length, LEVELS, MAX_LEVELS);
  store<u32>(row, (start - TEXT) as u32);
  store<u32>(row, (end - TEXT) as u32, 4);
  store<u32>(row, line, 8);
  store<u32>(row, flags, 12);
  store<f64>(row, contentDigest(), 16);
  store<f64>(row, deliveryDigest(), 24);
  store<f64>(row, likeness(flags), 32);
  memory.copy(row + 40, OWN_VALUES, MAX_OWN_VALUES << 3);
}

/**
 * Scans one record of `length` bytes that `reserve` made room for, with `levels` times sixteen bytes behind it.
 *
 * @returns flags
 */
export function scanRecord(length: usize, levels: u32): u32 {
  return scan(TEXT, TEXT + length, length, behindMaps(length), levels);
}

function scan(start: usize, end: usize, length: usize, levels: usize, maxLevels: u32): u32 {
  const quotes = quotesOf(length);
  return survey(start, end, quotes, quotes + mapSize(length)) | walk(start, end, quotes, levels, maxLevels);
}

function behindMaps(length: usize): usize {
  return quotesOf(length) + 2 * mapSize(length);
}

/** A digest of what the record scanned last holds besides its event_id: a whole number below 2^52. */
export function contentDigest(): f64 {
  return (contentSum >>> 12) as f64;
}

/** The same with its event_id. */
export function deliveryDigest(): f64 {
  return ((contentSum + idSum) >>> 12) as f64;
}

/** What the record scanned last has in common with those that are alike, given its flags; 0 where none can be. */
function likeness(flags: u32): f64 {
  return (flags & (INTRICATE | UNCERTAIN | UNUSUAL)) === 0 ? likenessSoFar() : 0;
}

/** Makes the member matter whose name of `length` bytes is at TEXT; false where there are too many already. */
export function judgeMember(length: usize): bool {
  return addMember(TEXT, length);
}

/** Sets records apart that have a member of a member of that name. */
export function setApart(length: usize): bool {
  return addApart(TEXT, length);
}
