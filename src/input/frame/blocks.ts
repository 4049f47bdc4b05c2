import type { MalformedReason } from "../../model/subject.js";
import type { Parts } from "../carriers/carrier.js";
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
  /** For lines: true if one of them may hold a part of a message. */
  readonly mayHoldParts?: boolean;
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
 * @param parts of messages that lines may hold
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  offset = 0,
  parts: readonly Parts[] = [],
): AsyncGenerator<Block> {
  const held = new Held(limit, offset, parts);
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
  readonly #parts: readonly Parts[];
  #offset: number;
  #pieces: Uint8Array[] = [];
  #length = 0;
  isOverlong = false;

  /** @param offset number of bytes of the input already read */
  constructor(limit: number, offset: number, parts: readonly Parts[]) {
    this.#limit = limit;
    this.#offset = offset;
    this.#parts = parts;
  }

  add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.isOverlong) return;
    this.#pieces.push(bytes);
    if (this.#length <= this.#limit || bytes.includes(NEWLINE)) return;
    this.isOverlong = true;
    this.#pieces = [joined(this.#pieces).slice(0, KEPT_BYTES)];
  }

  *take(): Generator<Block> {
    if (this.#length === 0) return;
    const bytes = joined(this.#pieces);
    if (this.isOverlong) yield overlongLine(bytes, this.#limit);
    else yield* this.#wholeLines(bytes);
    this.#offset += this.#length;
    this.#pieces = [];
    this.#length = 0;
    this.isOverlong = false;
  }

  /** Whole lines as one block, or as several where they are very many; lines above the limit split it. */
  *#wholeLines(bytes: Uint8Array): Generator<Block> {
    let groupStart = 0;
    for (let start = 0; bytes.length > this.#limit && start < bytes.length; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline < 0 ? bytes.length : newline + 1;
      if (end - start - (newline < 0 ? 0 : 1) > this.#limit) {
        yield* this.#blocksOf(bytes.subarray(groupStart, start), groupStart);
        yield overlongLine(bytes.subarray(start, Math.min(start + KEPT_BYTES, end - 1)), this.#limit);
        groupStart = end;
      }
      start = end;
    }
    yield* this.#blocksOf(bytes.subarray(groupStart), groupStart);
  }

  /** @param from where the lines begin in the bytes that are held */
  *#blocksOf(lines: Uint8Array, from: number): Generator<Block> {
    for (let start = 0; start < lines.length; ) {
      const block = lineBlock(lines.subarray(start), this.#parts, MOST_LINES);
      yield { ...block, offset: this.#offset + from + start };
      start += block.bytes.length;
    }
  }
}

/** Lines of a block: each may be a record, and a record takes memory however short it is. */
const MOST_LINES = 1 << 16;

/**
 * A block of whole lines. One pass over the beginnings of lines finds all facts about them.
 *
 * @param most the number of lines after which the block ends
 */
export function lineBlock(
  bytes: Uint8Array,
  parts: readonly Parts[] = [],
  most = Number.POSITIVE_INFINITY,
): Block {
  let lines = 0;
  let end = bytes.length;
  let hasLoneBrace = isLoneBrace(bytes, 0);
  let mayHoldParts = mayBegin(parts, bytes, 0);
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    if (++lines === most) {
      end = at + 1;
      break;
    }
    hasLoneBrace ||= isLoneBrace(bytes, at + 1);
    mayHoldParts ||= mayBegin(parts, bytes, at + 1);
  }
  return {
    bytes: end === bytes.length ? bytes : bytes.subarray(0, end),
    lines,
    ...(hasLoneBrace && { hasLoneBrace }),
    ...(mayHoldParts && { mayHoldParts }),
  };
}

function mayBegin(all: readonly Parts[], bytes: Uint8Array, lineStart: number): boolean {
  for (const parts of all) if (parts.mayBegin(bytes, lineStart)) return true;
  return false;
}

export function overlongLine(kept: Uint8Array, limit: number): Block {
  const problem = tooLong(limit);
  return { bytes: kept, lines: 1, records: [{ start: 0, end: kept.length, line: 0, column: 1, problem }] };
}

export function tooLong(limit: number): SpanProblem {
  return { malformed: "too-long", expected: `at most ${limit} bytes` };
}
