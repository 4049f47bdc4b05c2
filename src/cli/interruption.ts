import { sweepTemporary } from "./temporary-files.js";

/** The codes with which a shell expects a process to end that a signal has ended: 128 and its number. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type SignalName = keyof typeof CODES;

/** How long after the first signal a run may take to report what it has checked. */
const PATIENCE_MS = 1500;
/** After so much of that, an output that may be of any size is left unwritten. */
const OUTPUT_PATIENCE_MS = 800;

/** Tells a command that a signal has come, so that it can finish early. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Aborted a little later: what is still being written then is given up. */
  readonly deadline: AbortSignal;
}

const arrived = new AbortController();
const overdue = new AbortController();
let first: SignalName | undefined;
let isHeard = false;

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP from now on. The first one ends the process, unless a command has asked
 * to hear of it; then the command has less than two seconds, and the second signal ends the process.
 */
export function listenForSignals(): void {
  for (const name of Object.keys(CODES) as SignalName[]) process.on(name, () => take(name));
}

/** Asks to hear of the first signal instead of being ended by it. */
export function interruptible(): Interruption {
  isHeard = true;
  return { signal: arrived.signal, deadline: overdue.signal };
}

/** With what to end after a signal; undefined where none has come. */
export function signalCode(): number | undefined {
  return first === undefined ? undefined : CODES[first];
}

function take(name: SignalName): void {
  if (!isHeard || first !== undefined) endNow(name);
  first = name;
  say(`${name}: finishing with what was checked so far; another signal ends at once`);
  setTimeout(() => overdue.abort(), OUTPUT_PATIENCE_MS).unref();
  setTimeout(() => endLate(name), PATIENCE_MS).unref();
  arrived.abort();
}

function endLate(name: SignalName): void {
  say(`${name}: this could not be finished in time, and is given up`);
  endNow(name);
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

function say(sentence: string): void {
  process.stderr.write(`mplp-check: ${sentence}\n`);
}
