import { NO_TERMS } from "../model/likeness.js";
import type { SharedLines } from "../model/shared-lines.js";
import type { LogRecord } from "../model/subject.js";
import type { Block } from "./blocks.js";
import type { Unwrapping } from "./carriers/unwrapping.js";
import { NEWLINE } from "./element-scan.js";
import { chunksOf } from "./open.js";
import { recordBlocks } from "./record-blocks.js";
import { recordsOf } from "./records.js";

/** Places of records, from 0: see SharedLines. */
interface PlaceSet {
  readonly size: number;
  has(place: number): boolean;
}

/** What of a file is read once more. */
interface Part {
  /** Records above so many bytes are not read. */
  readonly limit: number;
  /** How many bytes at its beginning, as they are on disk. */
  readonly length: number;
  /** Where several records stand on one line; undefined where they do nowhere. */
  readonly shared: SharedLines | undefined;
  readonly unwrapping: Unwrapping;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a file once more for the records at some places, as evidence that only the whole log could name. What is broken
 * is no evidence. Records have their place for a line.
 */
export async function* recordsAt(
  path: string,
  places: PlaceSet,
  { limit, length, shared, unwrapping, signal }: Part,
): AsyncGenerator<readonly [place: number, record: LogRecord]> {
  let [before, left] = [0, places.size];
  let last = { line: -1, place: -1 };
  if (left === 0) return;
  const placesOf = (line: number) => shared?.placesOf(line) ?? { first: line, count: 1 };
  const isWanted = (line: number): boolean => holdsOne(places, placesOf(line));
  for await (const block of recordBlocks(
    chunksOf(path, { length, ...(signal && { signal }) }),
    limit,
    unwrapping.parts,
  )) {
    if (left === 0) return;
    const isOfLines = block.records === undefined;
    for (const [line, record] of isOfLines
      ? wantedIn(block, before, isWanted, unwrapping)
      : allIn(block, before, unwrapping)) {
      if ("malformed" in record || line < last.line) continue;
      const place = line === last.line ? last.place + 1 : placesOf(line).first;
      last = { line, place };
      if (!places.has(place)) continue;
      left--;
      // Without terms no record is a ScannedRecord, whose members a copy would lose.
      yield [place, { ...record, line: place }];
    }
    before += block.lines;
  }
}

function holdsOne(places: PlaceSet, { first, count }: ReturnType<SharedLines["placesOf"]>): boolean {
  for (let place = first; place < first + count; place++) if (places.has(place)) return true;
  return false;
}

/** The records of a block with their lines, several of which may be on one. */
function* allIn(
  block: Block,
  before: number,
  unwrapping: Unwrapping,
): Generator<readonly [line: number, record: LogRecord]> {
  for (const record of recordsOf(block, NO_TERMS, unwrapping)) yield [before + record.line, record];
}

/** The records on the wanted lines of a block of lines, of which no other is read. */
function* wantedIn(
  { bytes }: Block,
  before: number,
  isWanted: (line: number) => boolean,
  unwrapping: Unwrapping,
): Generator<readonly [number, LogRecord]> {
  for (let [start, line] = [0, before]; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (isWanted(line))
      for (const record of recordsOf({ bytes: bytes.subarray(start, end), lines: 1 }, NO_TERMS, unwrapping))
        yield [line, record];
    start = end;
  }
}
