import type { Transform } from "node:stream";
import { say } from "./diagnostics.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import type { Streams } from "./streams.js";

/** Writes the outputs that may be of any size; names the incomplete ones at the end. */
export class LargeOutputs {
  readonly #unwritten: Set<string>;
  readonly #deadline: AbortSignal;
  readonly #streams: Streams;

  constructor(files: readonly (string | undefined)[], deadline: AbortSignal, streams: Streams) {
    this.#unwritten = new Set(files.filter((file) => file !== undefined));
    this.#deadline = deadline;
    this.#streams = streams;
  }

  async write(
    file: string,
    text: AsyncIterable<string> | Iterable<string>,
    ...through: Transform[]
  ): Promise<void> {
    try {
      if (file === STDOUT) await writeStdout(text, this.#streams);
      else await writeFileWhole(file, text, { through, signal: this.#deadline });
      this.#unwritten.delete(file);
    } catch (error) {
      if (!this.#deadline.aborted) throw error;
    }
  }

  sayUnwritten(): void {
    for (const file of this.#unwritten) say(this.#streams, `interrupted: ${file} was not written`);
  }
}
