import type { MalformedReason } from "../../model/subject.js";
import { joined } from "../open/joined.js";
import { NEWLINE } from "./element-scan.js";
import { isLoneBrace } from "./line-starts.js";

/** A run of whole records as bytes, in the order of the input. */
export interface Block {
  readonly bytes: Uint8Array;
  /** How many line ends the block holds, so that the next block's lines can be counted on. */
  readonly lines: number;
  /** The records in `bytes`; without it, each line is a record (NDJSON). */
  readonly records?: readonly RecordSpan[];
  /** Of lines: whether one of them is only "{". */
  readonly hasLoneBrace?: boolean;
  /** How many bytes of the input, decompressed, precede it; undefined where its bytes do not stand there as they are. */
  readonly offset?: number;
}

/** A record that is not simply a line: an element of a JSON document, or something that was left out. */
export interface RecordSpan {
  readonly start: number;
  readonly end: number;
  /** 0-based, counted from the block's first line. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** Why the bytes are not to be read as a record. */
  readonly problem?: SpanProblem;
}

export interface SpanProblem {
  readonly malformed: MalformedReason;
  readonly expected: string;
}

/** The largest record that is read, unless the caller says otherwise: 16 MiB. */
export const DEFAULT_RECORD_LIMIT = 16 * 1024 * 1024;

/** How much of a record that is too long is kept, to show what it was. */
export const KEPT_BYTES = 200;

/**
 * Cuts NDJSON bytes into blocks of whole lines; a line above `limit` bytes is left out and said so.
 *
 * @param offset how many bytes of the input precede the chunks
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

/** Bytes waiting for their line's end; beyond the limit only the beginning of the line is kept. */
class Held {
  readonly #limit: number;
  #offset: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  isOverlong = false;

  /** @param offset how many bytes of the input have gone by */
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

/** Whole lines as one block, or around the lines among them that are above the limit. */
function* wholeLines(bytes: Uint8Array, limit: number, offset: number): Generator<Block> {
  const blockOf = (start: number, end?: number): Block => ({
    ...lineBlock(bytes.subarray(start, end)),
    offset: offset + start,
  });
  let groupStart = 0;
  for (let start = 0; bytes.length > limit && start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (end - start - (newline < 0 ? 0 : 1) > limit) {
      if (start > groupStart) yield blockOf(groupStart, start);
      yield overlongLine(bytes.subarray(start, Math.min(start + KEPT_BYTES, end - 1)), limit);
      groupStart = end;
    }
    start = end;
  }
  if (groupStart < bytes.length) yield blockOf(groupStart);
}

/** Both are told in one look at where the lines begin. */
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
