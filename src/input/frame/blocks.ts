import type { MalformedReason } from "../../model/subject.js";
import { joined } from "../open/joined.js";
import { NEWLINE } from "./element-scan.js";
import { isLoneBrace } from "./line-starts.js";

/** A run of whole records as bytes, in the order of the input. */
export interface Block {
  readonly bytes: Uint8Array;
  /** Number of line ends in the block; the next block's lines are counted from it. */
  readonly lines: number;
  /** The records in `bytes`; without it, each line is a record (NDJSON). */
  readonly records?: readonly RecordSpan[];
  /** For lines: true if one of them is only "{". */
  readonly hasLoneBrace?: boolean;
  /** Number of decompressed bytes of the input before it; undefined if the block's bytes differ from the input's. */
  readonly offset?: number;
}

/** A record that is not simply a line: an element of a JSON document, or a record left out. */
export interface RecordSpan {
  readonly start: number;
  readonly end: number;
  /** 0-based, counted from the block's first line. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** Why the bytes must not be read as a record. */
  readonly problem?: SpanProblem;
}

export interface SpanProblem {
  readonly malformed: MalformedReason;
  readonly expected: string;
}

/** Default size limit of a record: 16 MiB. */
export const DEFAULT_RECORD_LIMIT = 16 * 1024 * 1024;

/** How many bytes of an overlong record are kept, to show its beginning. */
export const KEPT_BYTES = 200;

/**
 * Cuts NDJSON bytes into blocks of whole lines. A line above `limit` bytes is left out and reported.
 *
 * @param offset number of bytes of the input before the chunks
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  offset = 0,
): AsyncGenerator<Block> {
  const held = new Held(limit, offset);
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      held.add(chunk);
      continue;
    }
    const first = held.isOverlong ? chunk.indexOf(NEWLINE) + 1 : 0;
    held.add(chunk.subarray(0, first > 0 ? first : end));
    yield* held.take();
    if (first > 0 && first < end) {
      held.add(chunk.subarray(first, end));
      yield* held.take();
    }
    if (end < chunk.length) held.add(chunk.subarray(end));
  }
  yield* held.take();
}

/** Holds the bytes of an unfinished line; above the limit, only the line's beginning. */
class Held {
  readonly #limit: number;
  #offset: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  isOverlong = false;

  /** @param offset number of bytes of the input already read */
  constructor(limit: number, offset: number) {
    this.#limit = limit;
    this.#offset = offset;
  }

  add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.isOverlong) return;
    this.#parts.push(bytes);
    if (this.#length <= this.#limit || bytes.includes(NEWLINE)) return;
    this.isOverlong = true;
    this.#parts = [joined(this.#parts).slice(0, KEPT_BYTES)];
  }

  *take(): Generator<Block> {
    if (this.#length === 0) return;
    const bytes = joined(this.#parts);
    if (this.isOverlong) yield overlongLine(bytes, this.#limit);
    else yield* wholeLines(bytes, this.#limit, this.#offset);
    this.#offset += this.#length;
    this.#parts = [];
    this.#length = 0;
    this.isOverlong = false;
  }
}

/** Whole lines as one block, or as several where they are very many; lines above the limit split it. */
function* wholeLines(bytes: Uint8Array, limit: number, offset: number): Generator<Block> {
  let groupStart = 0;
  for (let start = 0; bytes.length > limit && start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (end - start - (newline < 0 ? 0 : 1) > limit) {
      yield* blocksOf(bytes.subarray(groupStart, start), offset + groupStart);
      yield overlongLine(bytes.subarray(start, Math.min(start + KEPT_BYTES, end - 1)), limit);
      groupStart = end;
    }
    start = end;
  }
  yield* blocksOf(bytes.subarray(groupStart), offset + groupStart);
}

/** Lines of a block: each may be a record, and a record takes memory however short it is. */
const MOST_LINES = 1 << 16;

function* blocksOf(bytes: Uint8Array, offset: number): Generator<Block> {
  if (bytes.length === 0) return;
  const block = lineBlock(bytes);
  if (block.lines <= MOST_LINES) {
    yield { ...block, offset };
    return;
  }
  const end = endOfLines(bytes, MOST_LINES);
  yield { ...lineBlock(bytes.subarray(0, end)), offset };
  yield* blocksOf(bytes.subarray(end), offset + end);
}

/** Where so many lines end. */
function endOfLines(bytes: Uint8Array, lines: number): number {
  let end = 0;
  for (let line = 0; line < lines; line++) end = bytes.indexOf(NEWLINE, end) + 1;
  return end;
}

/** One pass over the line starts finds both. */
export function lineBlock(bytes: Uint8Array): Block {
  let lines = 0;
  let hasLoneBrace = isLoneBrace(bytes, 0);
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    lines++;
    hasLoneBrace ||= isLoneBrace(bytes, at + 1);
  }
  return { bytes, lines, ...(hasLoneBrace && { hasLoneBrace }) };
}

export function overlongLine(kept: Uint8Array, limit: number): Block {
  const problem = tooLong(limit);
  return { bytes: kept, lines: 1, records: [{ start: 0, end: kept.length, line: 0, column: 1, problem }] };
}

export function tooLong(limit: number): SpanProblem {
  return { malformed: "too-long", expected: `at most ${limit} bytes` };
}
