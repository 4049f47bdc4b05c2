import { type Block, DEFAULT_RECORD_LIMIT } from "../../src/input/blocks.js";
import { recordBlocks } from "../../src/input/documents.js";
import { recordsOf } from "../../src/input/records.js";
import type { LogRecord } from "../../src/model/subject.js";

/** All records of an input, their lines counted from 1 at its start, and how many line ends it has. */
export interface ReadInput {
  readonly records: readonly LogRecord[];
  readonly lines: number;
  readonly blocks: readonly Block[];
}

/** Reads bytes that arrive in the pieces that `cuts` make of them. */
export async function readPieces(
  bytes: Uint8Array,
  cuts: readonly number[],
  limit: number = DEFAULT_RECORD_LIMIT,
): Promise<ReadInput> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const ends = [...places, bytes.length];
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (const [index, end] of ends.entries()) yield bytes.subarray(ends[index - 1] ?? 0, end);
  };
  const records: LogRecord[] = [];
  const blocks: Block[] = [];
  let lines = 0;
  for await (const block of recordBlocks(pieces(), limit)) {
    for (const record of recordsOf(block)) records.push({ ...record, line: lines + record.line + 1 });
    lines += block.lines;
    blocks.push(block);
  }
  return { records, lines, blocks };
}

/** Cuts after every `size` bytes. */
export function every(size: number, length: number): number[] {
  return Array.from({ length: Math.ceil(length / size) }, (_, index) => index * size);
}
