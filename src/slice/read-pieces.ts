import type { Block } from "../input/frame/blocks.js";
import { recordBlocks } from "../input/frame/record-blocks.js";
import { chunksOf } from "../input/open/open.js";
import { recordsOf } from "../input/record/records.js";
import type { Unwrapping } from "../input/record/unwrapping.js";
import { NO_TERMS } from "../model/likeness.js";
import type { LogRecord } from "../model/subject.js";
import { type Piece, pieceOf } from "./piece.js";
import type { Source } from "./sources.js";

const NEWLINE = 0x0a;
const BLANK = [0x20, 0x09, 0x0d];

/** How records are read, as the check reads them. */
export interface Reading {
  /** Longer records, in bytes, are not read. */
  readonly limit: number;
  readonly unwrapping: Unwrapping;
  readonly signal: AbortSignal | undefined;
}

/** Picks records by their line, from 1, and their bytes. */
export type Picks = (line: number, bytes: Uint8Array) => boolean;

/** The picked records of a source, in their order, each without what carried it. Holds one block at a time. */
export async function* piecesIn(
  { path, number: input, text }: Source,
  reading: Reading,
  picks: Picks,
): AsyncGenerator<Piece> {
  if (text !== undefined) return yield { text, encoding: "utf8", input, line: 1, number: 0 };
  const { limit, unwrapping, signal } = reading;
  let before = 0;
  for await (const block of recordBlocks(chunksOf(path, signal && { signal }), limit, unwrapping.parts)) {
    for (const { line, number, bytes } of block.records === undefined
      ? ofLines(block, before, unwrapping, picks)
      : ofSpans(block, before, unwrapping, picks))
      yield pieceOf(bytes, { input, line, number });
    before += block.lines;
  }
}

/** The picked lines of a source as they are, whatever they hold. */
export async function* linesIn(
  { path, number: input }: Source,
  { signal }: Reading,
  picks: Picks,
): AsyncGenerator<Piece> {
  let [line, held] = [0, Buffer.alloc(0)];
  for await (const chunk of chunksOf(path, signal && { signal })) {
    const bytes = Buffer.concat([held, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    for (const each of linesOf(bytes.subarray(0, end)))
      if (picks(++line, each)) yield pieceOf(each, { input, line, number: 0 });
    held = bytes.subarray(end);
  }
  if (held.length > 0 && picks(++line, held)) yield pieceOf(held, { input, line, number: 0 });
}

interface Found {
  readonly line: number;
  readonly number: number;
  readonly bytes: Uint8Array;
}

function* ofLines(block: Block, before: number, unwrapping: Unwrapping, picks: Picks): Generator<Found> {
  let line = before;
  for (const bytes of linesOf(block.bytes)) {
    line++;
    if (isBlank(bytes) || !picks(line, bytes)) continue;
    const records = [...recordsOf({ bytes, lines: 1 }, NO_TERMS, unwrapping)];
    if (records.every((record) => "value" in record)) yield* withNumbers(records, line);
    else yield { line, number: 0, bytes };
  }
}

function* ofSpans(block: Block, before: number, unwrapping: Unwrapping, picks: Picks): Generator<Found> {
  let last: Found | undefined;
  for (const record of recordsOf(block, NO_TERMS, unwrapping)) {
    const line = before + record.line + 1;
    const bytes = bytesOf(record);
    last = { line, number: line === last?.line ? last.number + 1 : 1, bytes };
    if (picks(line, bytes)) yield last;
  }
}

function* withNumbers(records: readonly LogRecord[], line: number): Generator<Found> {
  for (const [index, record] of records.entries())
    yield { line, number: records.length === 1 ? 0 : index + 1, bytes: bytesOf(record) };
}

/** Line ends inside a record are white space between its members. */
function bytesOf({ text }: LogRecord): Buffer {
  return Buffer.from(text.replaceAll(/[\r\n]+/g, " "));
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => BLANK.includes(byte));
}
