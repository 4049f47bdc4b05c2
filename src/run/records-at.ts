import { open } from "node:fs/promises";
import type { PlaceSet } from "../engine/report/place-set.js";
import type { BlockIndex, IndexedBlock } from "../input/frame/block-index.js";
import type { Block } from "../input/frame/blocks.js";
import { NEWLINE } from "../input/frame/element-scan.js";
import { recordBlocks } from "../input/frame/record-blocks.js";
import { isCompressed, MAGIC_LENGTH } from "../input/open/decompress.js";
import { chunksOf } from "../input/open/open.js";
import { StoredBytes } from "../input/open/stored-bytes.js";
import { recordsOf } from "../input/record/records.js";
import type { Unwrapping } from "../input/record/unwrapping.js";
import { NO_TERMS } from "../model/likeness.js";
import type { SharedLines } from "../model/shared-lines.js";
import type { LogRecord } from "../model/subject.js";

/** Lines, counted from 0. `next` gives the first of them from a line on; undefined if there is none. */
type LineSet = Pick<PlaceSet, "next">;

/** The part of a file to read again. */
interface Part {
  /** Longer records, in bytes, are not read. */
  readonly limit: number;
  /** Bytes from the beginning of the file, as they are on disk. */
  readonly length: number;
  /** The lines that hold several records; undefined if there are no such lines. */
  readonly shared: SharedLines | undefined;
  readonly unwrapping: Unwrapping;
  /** The position of each block; if undefined, the file is read from its beginning. */
  readonly index: BlockIndex | undefined;
  /** Receives the decompressed bytes of each block, and the total to read if it is known. */
  readonly onRead: (bytes: number, total?: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A block, and the number of lines before it in its input. */
interface PlacedBlock {
  readonly block: Block;
  readonly before: number;
}

/**
 * Reads a file again for the records at some places. It reads only the blocks that hold them; without an index, the
 * file up to the last of them. Malformed records are skipped. The `line` of each record is its place.
 */
export async function* recordsAt(
  path: string,
  places: PlaceSet,
  part: Part,
): AsyncGenerator<readonly [place: number, record: LogRecord]> {
  const { shared } = part;
  let left = places.size;
  if (left === 0) return;
  const placesOf = (line: number) => shared?.placesOf(line) ?? { first: line, count: 1 };
  const lines: LineSet = {
    next: (from) => {
      const place = places.next(placesOf(from).first);
      return place === undefined ? undefined : (shared?.lineOf(place) ?? place);
    },
  };
  for await (const { line, before, record } of recordsOn(path, lines, part)) {
    const place = placesOf(line).first + before;
    if (places.next(place) !== place) continue;
    // NO_TERMS never gives a ScannedRecord, whose getters a copy would lose.
    yield [place, { ...record, line: place }];
    if (--left === 0) return;
  }
}

/** A record with its line, from 0, and the number of records before it on that line. */
export interface LineRecord {
  readonly line: number;
  readonly before: number;
  readonly record: LogRecord;
}

/**
 * Reads a file again for the records on some lines; others may be among them. It reads only the blocks that hold them;
 * without an index, the whole file. Malformed records are skipped.
 */
export async function* recordsOn(
  path: string,
  wanted: LineSet,
  part: Omit<Part, "shared">,
): AsyncGenerator<LineRecord> {
  const { unwrapping } = part;
  let last = { line: -1, before: -1 };
  for await (const { block, before } of blocksWith(path, wanted, part)) {
    const isOfLines = block.records === undefined;
    for (const [line, record] of isOfLines
      ? wantedIn(block, before, wanted, unwrapping)
      : allIn(block, before, unwrapping)) {
      if ("malformed" in record || line < last.line) continue;
      last = { line, before: line === last.line ? last.before + 1 : 0 };
      yield { ...last, record };
    }
  }
}

/** The blocks that hold wanted lines; all blocks if the file has no index. */
async function* blocksWith(
  path: string,
  wanted: LineSet,
  part: Omit<Part, "shared">,
): AsyncGenerator<PlacedBlock> {
  const { index, length, limit, unwrapping, onRead, signal } = part;
  const known = index?.blocks?.filter((block) => holdsWanted(block, wanted));
  if (known !== undefined && !(await isStoredCompressed(path))) return yield* blocksAt(path, known, part);
  let before = 0;
  const chunks = chunksOf(path, { length, ...(signal && { signal }) });
  for await (const block of recordBlocks(chunks, limit, unwrapping.parts)) {
    onRead(block.bytes.length);
    yield { block, before };
    before += block.lines;
  }
}

function holdsWanted({ firstLine, lines }: IndexedBlock, wanted: LineSet): boolean {
  const next = wanted.next(firstLine);
  // The last line of an input may lack a line end.
  return next !== undefined && next <= firstLine + lines;
}

/** Reads some blocks of a file. A block that ends too early shows a change; the caller compares the file's mark. */
async function* blocksAt(
  path: string,
  blocks: readonly IndexedBlock[],
  { onRead, signal }: Pick<Part, "onRead" | "signal">,
): AsyncGenerator<PlacedBlock> {
  const total = blocks.reduce((sum, { length }) => sum + length, 0);
  const file = await open(path);
  try {
    for (const { firstLine, lines, offset, length } of blocks) {
      signal?.throwIfAborted();
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, offset);
      onRead(bytesRead, total);
      yield { block: { bytes: buffer.subarray(0, bytesRead), lines }, before: firstLine };
    }
  } finally {
    await file.close();
  }
}

async function isStoredCompressed(path: string): Promise<boolean> {
  for await (const chunk of new StoredBytes(path, { length: MAGIC_LENGTH }).read(undefined))
    return isCompressed(chunk);
  return false;
}

/** The records of a block with their lines; a line may hold several. */
function* allIn(
  block: Block,
  before: number,
  unwrapping: Unwrapping,
): Generator<readonly [line: number, record: LogRecord]> {
  for (const record of recordsOf(block, NO_TERMS, unwrapping)) yield [before + record.line, record];
}

/** The records on the wanted lines of an NDJSON block. Other lines are not parsed. */
function* wantedIn(
  { bytes }: Block,
  before: number,
  wanted: LineSet,
  unwrapping: Unwrapping,
): Generator<readonly [number, LogRecord]> {
  let next = wanted.next(before);
  for (let [start, line] = [0, before]; start < bytes.length && next !== undefined; line++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (line === next) {
      for (const record of recordsOf({ bytes: bytes.subarray(start, end), lines: 1 }, NO_TERMS, unwrapping))
        yield [line, record];
      next = wanted.next(line + 1);
    }
    start = end;
  }
}
