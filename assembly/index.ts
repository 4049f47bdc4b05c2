// Scans JSON texts in the memory. It reads and writes nothing beyond their bytes and margins, whatever the bytes are.
// Results about a record are only valid if the record is a JSON object in UTF-8.
import { ASSIGNMENT, AT_SIGN, BACKSLASH, BEGINNING, INTRICATE, NAMED, UNCERTAIN, UNUSUAL } from "./flags";
import { passKnown, passNothing } from "./known-members";
import { behind, LEVELS, MAX_LEVELS, mapSize, quotesOf, TEXT } from "./layout";
import { forgetKnown, learnNext } from "./learn-members";
import { likenessSoFar } from "./likeness";
import { forgetMembers } from "./members";
import { digestOf, emptyBuffers, forgetCounts, isFull, kindOf, makeRoom, runKind } from "./programs";
import { respell } from "./respell";
import { markEscapes, maySayWhatIsSecret } from "./signs";
import { hasBeginning, survey } from "./survey";
import { walk } from "./walk";

export {
  BEFORE_HIGH,
  BEFORE_LOW,
  BEGINNINGS,
  BUFFERS,
  FACTORS,
  GROUP_STARTS,
  HEADS,
  KEYS,
  KINDS,
  OWN_AT,
  OWN_MEMBERS,
  TEXT,
} from "./layout";
export { addName, setIntegration, setNames } from "./members";
export { ownCount } from "./own-values";
export { addKind, emptyBuffers, forgetKinds, openBuffer } from "./programs";

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;

const LEVEL_BYTES: usize = 16;

// Why a scan of lines stops.
const AT_END: u32 = 0;
/** At a record that the caller has to look at. */
const AT_RECORD: u32 = 1;
/** There may be no room for the rows of another record. */
const AT_FULL: u32 = 2;

/** With one of these signs, JavaScript must examine the text of a record ... */
const SIGNS: u32 = BEGINNING | AT_SIGN | NAMED;
/** ... and with one of these, if it may say what is secret. */
const HALF_SIGNS: u32 = BACKSLASH | ASSIGNMENT;

/** The record that the scan stopped at: where it begins and ends, counted from TEXT, its line, and what is known of it. */
export let recordStart: usize = 0;
export let recordEnd: usize = 0;
export let recordLine: u32 = 0;
export let recordFlags: u32 = 0;
export let recordLikeness: f64 = 0;
let recordKind: u32 = 0;
/** True if the scanner has respelled the record at TEXT. */
export let isRespelled: bool = false;
/** True if it has respelled any of the lines. */
export let hasRespelled: bool = false;

/** The lines of the first and of the last record of a known kind; -1 where there was none. */
export let firstKnown: i32 = -1;
export let lastKnown: i32 = -1;

let mayKnow = false;
/** True if another record has been scanned since. */
let isForgotten = false;
let textLength: usize = 0;
/** Where the maps of a line are. */
let quotes: usize = 0;
let at: usize = 0;
let line: u32 = 0;

/** Makes room for a text of lines at TEXT; false where there is no memory. */
export function reserveLines(length: usize): bool {
  return grow(behind(TEXT, length));
}

/**
 * Makes room for a record and for this number of levels of containers: after lines that are being scanned, or at TEXT.
 *
 * @returns where the record is to be written; 0 where there is no memory
 */
export function reserveRecord(length: usize, levels: u32): usize {
  const start = textLength === 0 ? TEXT : behind(TEXT, textLength);
  return grow(behind(start, length) + (levels as usize) * LEVEL_BYTES) ? start : 0;
}

function grow(end: usize): bool {
  const pages = ((end + 0xffff) >> 16) as i32;
  const missing = pages - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

/**
 * Begins a text of `length` bytes that `reserveLines` made room for.
 *
 * @param isUtf8 whether its bytes are UTF-8; in other texts no record is of a known kind
 */
export function beginLines(length: usize, isUtf8: bool): void {
  mayKnow = isUtf8;
  textLength = length;
  quotes = quotesOf(TEXT, length);
  at = TEXT;
  line = 0;
  firstKnown = -1;
  lastKnown = -1;
  hasRespelled = false;
  forgetCounts();
  emptyBuffers();
  // Every line ends, at the latest there.
  store<u8>(TEXT + length, NEWLINE);
}

/**
 * Scans lines, and runs the programs of those that are of a known kind and have no sign.
 *
 * @returns why it stops: AT_END, AT_RECORD or AT_FULL
 */
export function scanLines(): u32 {
  const textEnd = TEXT + textLength;
  makeRoom();
  while (at < textEnd) {
    if (isFull) return AT_FULL;
    const start = at;
    const newline = lineEnd(start);
    const end = newline > start && load<u8>(newline - 1) === RETURN ? newline - 1 : newline;
    at = newline + 1;
    recordLine = line++;
    if (isBlank(start, end)) continue;
    recordStart = start - TEXT;
    recordEnd = end - TEXT;
    isRespelled = false;
    const flags = scanLine();
    recordFlags = isRespelled ? flags | BACKSLASH : flags;
    recordLikeness = (flags & (INTRICATE | UNCERTAIN | UNUSUAL)) === 0 ? likenessSoFar() : 0;
    recordKind = recordLikeness === 0 || !mayKnow ? 0 : kindOf(recordLikeness);
    if (recordKind === 0 || isSigned(flags)) return AT_RECORD;
    takeAsKnown(recordKind);
  }
  return AT_END;
}

/** Ends the lines, so that a record may take their room. */
export function endLines(): void {
  textLength = 0;
}

function isSigned(flags: u32): bool {
  if ((flags & SIGNS) !== 0) return true;
  return (flags & HALF_SIGNS) !== 0 && maySayWhatIsSecret(TEXT + recordStart, TEXT + recordEnd);
}

function scanLine(): u32 {
  isForgotten = false;
  const start = TEXT + recordStart;
  const end = TEXT + recordEnd;
  const from = mayKnow ? passKnown(start, false) : passNothing(start, false);
  const words = quotes + mapSize(end - from);
  let signs = survey(from, end, quotes, words);
  if ((signs & BACKSLASH) !== 0 && respell(from, end, quotes)) {
    isRespelled = true;
    hasRespelled = true;
    signs = survey(from, end, quotes, words);
  }
  if ((signs & BACKSLASH) !== 0 && markEscapes(from, end, quotes, words)) signs |= BEGINNING;
  if (hasBeginning(from, end, words)) signs |= BEGINNING;
  return signs | walk(start, from, end, quotes, LEVELS, MAX_LEVELS);
}

/** Runs the program of the record that the scan stopped at; false where its kind is unknown. */
export function runRecord(): bool {
  const kind = recordLikeness === 0 ? 0 : kindOf(recordLikeness);
  if (kind === 0) return false;
  if (isForgotten) scanLine();
  takeAsKnown(kind);
  return true;
}

function takeAsKnown(kind: u32): void {
  runKind(kind, recordLine);
  if (firstKnown < 0) firstKnown = recordLine as i32;
  lastKnown = recordLine as i32;
  if (!mayKnow) return;
  learnNext(quotes, quotes + mapSize(recordEnd - recordStart));
  isForgotten = true;
}

/** Forgets all names that matter, and what is known by them. */
export function forgetNames(): void {
  forgetMembers();
  forgetKnown();
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

/**
 * Scans one record of `length` bytes where `reserveRecord` made room for it.
 *
 * @returns flags
 */
export function scanRecord(start: usize, length: usize, levels: u32): u32 {
  isForgotten = true;
  const end = start + length;
  const quotes = quotesOf(start, length);
  const words = quotes + mapSize(length);
  const signs = survey(start, end, quotes, words);
  const beginning = hasBeginning(start, end, words) ? BEGINNING : 0;
  passNothing(start, false);
  return signs | beginning | walk(start, start, end, quotes, behind(start, length), levels);
}

/** A digest of the record scanned last: 0 without its event_id, 1 with it, 2 of its payload; below 2^52. */
export function digest(which: u32): f64 {
  return digestOf(which) as f64;
}
