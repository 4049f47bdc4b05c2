import { say } from "./diagnostics.js";
import type { Streams } from "./streams.js";
import { sweepTemporary } from "./temporary-files.js";

/** The codes with which a shell expects a process to end that a signal has ended: 128 and its number. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type SignalName = keyof typeof CODES;

const NAMES = Object.keys(CODES) as readonly SignalName[];

/** How long after the first signal a run may take to report what it has checked. */
const PATIENCE_MS = 1500;
/** After so much of that, an output that may be of any size is left unwritten. */
const OUTPUT_PATIENCE_MS = 800;

/** Tells a command that a signal has come, so that it can finish early. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Aborted a little later: outputs that are not complete by then are dropped. */
  readonly deadline: AbortSignal;
}

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP while a command line runs. The first one ends the process, unless a command
 * has asked to hear of it; then the command has less than two seconds, and the second signal ends the process.
 */
export class Signals {
  readonly #streams: Streams;
  readonly #arrived = new AbortController();
  readonly #overdue = new AbortController();
  #first: SignalName | undefined;
  #isHeard = false;
  #wish: AbortController | undefined;

  constructor(streams: Streams) {
    this.#streams = streams;
    for (const name of NAMES) process.on(name, this.#take);
  }

  /** Asks to hear of the first signal instead of being ended by it. */
  interruptible(): Interruption {
    this.#isHeard = true;
    return { signal: this.#arrived.signal, deadline: this.#overdue.signal };
  }

  /**
   * Asks to take the first signal as the wish to end, not as an interruption: what follows has all the time that it
   * needs, and ends with the exit code that it would have had.
   */
  ending(): AbortSignal {
    this.#wish ??= new AbortController();
    return this.#wish.signal;
  }

  /** With what to end after a signal; undefined where none has come. */
  get code(): number | undefined {
    return this.#first === undefined ? undefined : CODES[this.#first];
  }

  /** Leaves signals to the process again, unless one has come: then the process is about to end, and must. */
  end(): void {
    if (this.#first !== undefined) return;
    for (const name of NAMES) process.off(name, this.#take);
  }

  readonly #take = (name: SignalName): void => {
    if (this.#wish?.signal.aborted === false) {
      say(this.#streams, `${name}: finishing; another signal ends at once`);
      this.#wish.abort();
      return;
    }
    if (this.#wish !== undefined) endNow(name);
    if (!this.#isHeard || this.#first !== undefined) endNow(name);
    this.#first = name;
    say(this.#streams, `${name}: finishing with what was checked so far; another signal ends at once`);
    setTimeout(() => this.#overdue.abort(), OUTPUT_PATIENCE_MS).unref();
    setTimeout(() => this.#endLate(name), PATIENCE_MS).unref();
    this.#arrived.abort();
  };

  #endLate(name: SignalName): void {
    say(this.#streams, `${name}: the run did not finish in time; ending now`);
    endNow(name);
  }
}

/**
 * Ends the process by the signal itself: `process.exit` waits for threads that may be waiting themselves, for a file
 * system that does not answer.
 */
function endNow(name: SignalName): never {
  sweepTemporary();
  process.removeAllListeners(name);
  process.kill(process.pid, name);
  // The first process of a container is not ended by its own signals.
  process.exit(CODES[name]);
}
