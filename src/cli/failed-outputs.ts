import { OutputError } from "./outputs.js";
import { SpoolError } from "./spool-error.js";
import { UsageError } from "./usage-error.js";

/** Outputs that could not be written, which stop no other one. */
export class FailedOutputs {
  readonly #messages: string[] = [];

  /** Writes an output. What goes wrong with its file is kept for the end; whether nothing did. */
  async attempt(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (!isOfOutput(error)) throw error;
      this.#messages.push(error.message);
      return false;
    }
  }

  /** @throws OutputError that names each of them, if there are any */
  throwIfAny(): void {
    if (this.#messages.length > 0) throw new OutputError(this.#messages.join("\n"));
  }
}

function isOfOutput(error: unknown): error is Error {
  return [OutputError, UsageError, SpoolError].some((kind) => error instanceof kind);
}
