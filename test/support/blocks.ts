import { type Block, DEFAULT_RECORD_LIMIT } from "../../src/input/frame/blocks.js";
import { recordBlocks } from "../../src/input/frame/record-blocks.js";
import { recordsOf } from "../../src/input/record/records.js";
import type { LogRecord } from "../../src/model/subject.js";

/** All records of an input, their lines counted from 1 at its start, and how many line ends it has. */
export interface ReadInput {
  readonly records: readonly LogRecord[];
  readonly lines: number;
  readonly blocks: readonly Block[];
}

/** Where bytes are cut into pieces: at some places (beyond the end they begin again), or after every so many. */
export type Cuts = readonly number[] | { readonly every: number };

function isList(cuts: Cuts): cuts is readonly number[] {
  return Array.isArray(cuts);
}

function placesOf(cuts: Cuts, length: number): number[] {
  if (!isList(cuts)) {
    const size = cuts.every;
    return Array.from({ length: Math.floor(length / size) }, (_, index) => (index + 1) * size);
  }
  const places = cuts.map((cut) => cut % (length + 1));
  return [...new Set(places)].sort((a, b) => a - b);
}

/** Reads bytes that arrive in pieces. */
export async function readPieces(
  bytes: Uint8Array,
  cuts: Cuts,
  limit: number = DEFAULT_RECORD_LIMIT,
): Promise<ReadInput> {
  const places = placesOf(cuts, bytes.length);
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
