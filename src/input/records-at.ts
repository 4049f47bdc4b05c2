import type { LogRecord } from "../model/subject.js";
import { recordBlocks } from "./documents.js";
import { openInput, STDIN } from "./open.js";
import { recordsOf } from "./records.js";

/**
 * Reads an input once more for the records that start on the given lines (0-based), as evidence that
 * only the whole log could name. A line with several records is left out, as are inputs that cannot
 * be read twice.
 */
export async function recordsAt(
  path: string,
  lines: ReadonlySet<number>,
  limit: number,
): Promise<ReadonlyMap<number, LogRecord>> {
  const found = new Map<number, LogRecord>();
  if (path === STDIN || lines.size === 0) return found;
  const ambiguous = new Set<number>();
  let before = 0;
  for await (const block of recordBlocks(openInput(path).chunks, limit)) {
    for (const record of recordsOf(block)) {
      const line = before + record.line;
      if (!lines.has(line)) continue;
      if (found.has(line)) ambiguous.add(line);
      found.set(line, { ...record, line });
    }
    before += block.lines;
  }
  for (const line of ambiguous) found.delete(line);
  return found;
}
