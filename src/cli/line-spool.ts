import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { LineSpool } from "../index.js";

const BUFFERED_LINES = 512;

/** A spool in a temporary file, so that any number of occurrences takes no memory. `remove` when done. */
export function fileSpool(): LineSpool & { remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "mplp-check-"));
  const path = join(folder, "occurrences");
  const file = openSync(path, "w");
  let held: string[] = [];
  const flush = (): void => {
    if (held.length > 0) writeSync(file, `${held.join("\n")}\n`);
    held = [];
  };
  return {
    append(line) {
      held.push(line);
      if (held.length >= BUFFERED_LINES) flush();
    },
    async *lines() {
      flush();
      yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
    },
    remove() {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
