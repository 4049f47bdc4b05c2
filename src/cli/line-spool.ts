import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LineSpool } from "../index.js";

const BUFFERED_LINES = 512;

/** A spool in a temporary file, so that any number of occurrences takes no memory. `remove` when done. */
export function fileSpool(): LineSpool & { remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "mplp-check-"));
  const path = join(folder, "occurrences");
  const file = openSync(path, "w", 0o600);
  let held: string[] = [];
  // A process that is ended in the middle leaves nothing behind, if it can.
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const flush = (): void => {
    if (held.length > 0) writeSync(file, `${held.join("\n")}\n`);
    held = [];
  };
  return {
    append(line) {
      held.push(line);
      if (held.length >= BUFFERED_LINES) flush();
    },
    lines() {
      flush();
      return linesOf(createReadStream(path, "utf8"));
    },
    remove() {
      closeSync(file);
      remove();
      process.off("exit", remove);
    },
  };
}

/** Lines that end with LF and nothing else: node:readline takes other characters for line ends too. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
