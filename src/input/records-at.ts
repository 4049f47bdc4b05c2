import { stat } from "node:fs/promises";
import { NO_TERMS } from "../model/likeness.js";
import type { LogRecord } from "../model/subject.js";
import type { Block } from "./blocks.js";
import type { Unwrapping } from "./carriers/unwrapping.js";
import { NEWLINE } from "./element-scan.js";
import { chunksOf, STDIN } from "./open.js";
import { recordBlocks } from "./record-blocks.js";
import { recordsOf } from "./records.js";

/** Numbers of lines, from 0. */
interface Lines {
  readonly size: number;
  has(line: number): boolean;
}

/** How the input was read before. */
interface Reading {
  readonly limit: number;
  readonly unwrapping: Unwrapping;
  readonly signal?: AbortSignal;
}

/**
 * Reads an input once more for the records that start on the given lines (0-based), as evidence that
 * only the whole log could name. A line with several gives none, nor does an input that cannot be read twice.
 * What is broken on the line is no evidence, and hides none.
 */
export async function* recordsAt(
  path: string,
  lines: Lines,
  { limit, unwrapping, signal }: Reading,
): AsyncGenerator<readonly [line: number, record: LogRecord]> {
  if (path === STDIN || lines.size === 0 || !(await stat(path)).isFile()) return;
  let held: { line: number; record: LogRecord; isOnly: boolean } | undefined;
  let before = 0;
  let left = lines.size;
  const chunks = chunksOf(path, { ...(signal && { signal }) });
  for await (const block of recordBlocks(chunks, limit, unwrapping.parts)) {
    const isOfLines = block.records === undefined;
    if (isOfLines && held !== undefined) {
      if (held.isOnly) yield [held.line, held.record];
      held = undefined;
    }
    if (left === 0 && held === undefined) return;
    for (const [line, record] of isOfLines
      ? wantedIn(block, before, lines, unwrapping)
      : allIn(block, before, unwrapping)) {
      if ("malformed" in record) continue;
      if (held !== undefined && held.line === line) {
        held.isOnly = false;
        continue;
      }
      if (held?.isOnly === true) yield [held.line, held.record];
      // Without terms no record is a ScannedRecord, whose members a copy would lose.
      held = lines.has(line) ? { line, record: { ...record, line }, isOnly: true } : undefined;
      if (held !== undefined) left--;
    }
    before += block.lines;
  }
  if (held?.isOnly === true) yield [held.line, held.record];
}

/** The records of a block with their lines, several of which may be on one. */
function* allIn(
  block: Block,
  before: number,
  unwrapping: Unwrapping,
): Generator<readonly [line: number, record: LogRecord]> {
  for (const record of recordsOf(block, NO_TERMS, unwrapping)) yield [before + record.line, record];
}

/** The wanted records of a block of lines, none of which is read but these. */
function* wantedIn(
  { bytes }: Block,
  before: number,
  lines: Lines,
  unwrapping: Unwrapping,
): Generator<readonly [number, LogRecord]> {
  for (let [start, line] = [0, before]; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (lines.has(line))
      for (const record of recordsOf({ bytes: bytes.subarray(start, end), lines: 1 }, NO_TERMS, unwrapping))
        yield [line, record];
    start = end;
  }
}
