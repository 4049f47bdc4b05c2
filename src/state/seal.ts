import { createHash } from "node:crypto";
import { safeSpelling } from "../model/printable.js";
import { MAX_LINE_BYTES } from "./run-state.js";
import { StateError } from "./state-error.js";

/** The lines of a state with every character escaped that a terminal or a CI service would act on. */
export function* printableState(lines: Iterable<string>): Generator<string> {
  const seal = new Seal();
  let held: string | undefined;
  for (const line of lines) {
    if (held !== undefined) yield seal.line(held);
    held = safeSpelling(line.slice(0, -1));
  }
  // The last line was the seal of the lines as they were.
  yield seal.end();
}

/** Gives entries of a state their line ends, and the file its last line: number and digest of the lines before. */
export class Seal {
  readonly #hash = createHash("sha256");
  #lines = 0;
  #digest: string | undefined;

  /** @throws StateError if the line is too long */
  line(entry: string): string {
    const line = `${entry}\n`;
    if (Buffer.byteLength(line) > MAX_LINE_BYTES)
      throw new StateError(`a state has no line above ${MAX_LINE_BYTES} bytes: ${line.slice(0, 100)}...`);
    this.#hash.update(line);
    this.#lines++;
    return line;
  }

  /** The last line. No line may follow. */
  end(): string {
    return `${JSON.stringify({ end: { lines: this.#lines, sha256: this.digest } })}\n`;
  }

  /** Digest of the lines. Asked once, it ends the file. */
  get digest(): string {
    this.#digest ??= this.#hash.digest("hex");
    return this.#digest;
  }
}
