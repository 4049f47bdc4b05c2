import { stat } from "node:fs/promises";
import type { LogRecord } from "../model/subject.js";
import { openInput, STDIN } from "./open.js";
import { recordBlocks } from "./record-blocks.js";
import { recordsOf } from "./records.js";

/**
 * Reads an input once more for the records that start on the given lines (0-based), as evidence that
 * only the whole log could name. A line with several records gives none, nor does an input that cannot
 * be read twice.
 */
export async function* recordsAt(
  path: string,
  lines: { readonly size: number; has(line: number): boolean },
  limit: number,
): AsyncGenerator<readonly [line: number, record: LogRecord]> {
  if (path === STDIN || lines.size === 0 || !(await stat(path)).isFile()) return;
  let held: { line: number; record: LogRecord; isOnly: boolean } | undefined;
  let before = 0;
  for await (const block of recordBlocks(openInput(path).chunks, limit)) {
    for (const record of recordsOf(block)) {
      const line = before + record.line;
      if (held !== undefined && held.line === line) {
        held.isOnly = false;
        continue;
      }
      if (held?.isOnly === true) yield [held.line, held.record];
      held = lines.has(line) ? { line, record: { ...record, line }, isOnly: true } : undefined;
    }
    before += block.lines;
  }
  if (held?.isOnly === true) yield [held.line, held.record];
}
