import type { LogState } from "../engine/log/log-state.js";
import { eventsIn } from "../engine/report/build-report.js";
import type { CheckOptions, Progress } from "./check-options.js";

type Counts = "phase" | "events" | "findings";

/** Reports the progress of a run to its caller. */
export class ProgressTeller {
  readonly #log: LogState;
  readonly #onProgress: CheckOptions["onProgress"];
  /** Bytes of all inputs; undefined if one of them is no file. */
  readonly #total: number | undefined;
  /** Bytes and events of the inputs that were read completely. */
  #bytes = 0;
  #events = 0;

  constructor(log: LogState, total: number | undefined, onProgress: CheckOptions["onProgress"]) {
    this.#log = log;
    this.#total = total;
    this.#onProgress = onProgress;
  }

  /** Reports bytes of an input, as they are on disk. */
  reading(input: Pick<Progress, "path" | "input" | "inputs">, bytes: number): void {
    this.#tell("reading", { ...input, read: this.#bytes + bytes, ...this.#ofAll });
  }

  /** Adds the counts of the input that was read last. */
  endInput(bytes: number): void {
    this.#bytes += bytes;
    const current = this.#log.inputs.at(-1);
    if (current !== undefined) this.#events += eventsIn(current.counts);
  }

  judging(): void {
    this.#tellAfter("judging", this.#log.inputs.length - 1, { read: this.#bytes, ...this.#ofAll });
  }

  /** Reports bytes of an input that were read again. */
  placing(input: number, done: Pick<Progress, "read" | "total">): void {
    this.#tellAfter("placing", input, done);
  }

  get #ofAll(): Pick<Progress, "total"> {
    return this.#total === undefined ? {} : { total: this.#total };
  }

  #tellAfter(phase: Progress["phase"], input: number, done: Pick<Progress, "read" | "total">): void {
    const { inputs } = this.#log;
    this.#tell(phase, { path: inputs[input]?.path ?? "", input, inputs: inputs.length, ...done });
  }

  /** Counts events and findings only if the caller looks: few callers do after every block. */
  #tell(phase: Progress["phase"], where: Omit<Progress, Counts>): void {
    const { inputs, ledger } = this.#log;
    const eventsBefore = this.#events;
    const current = phase === "reading" ? inputs.at(-1) : undefined;
    this.#onProgress?.({
      phase,
      ...where,
      get events() {
        return eventsBefore + (current === undefined ? 0 : eventsIn(current.counts));
      },
      get findings() {
        return [...ledger.groups.values()].reduce((sum, { count }) => sum + count, 0);
      },
    });
  }
}
