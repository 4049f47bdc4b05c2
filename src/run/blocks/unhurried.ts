import { setImmediate } from "node:timers/promises";

/** Milliseconds of work between two turns of the event loop, in which signals are heard. */
const SLICE_MS = 50;

/**
 * Runs a long computation step by step and lets the event loop have turns in between.
 *
 * @returns the result of the computation
 * @throws the signal's reason, once it is aborted
 */
export async function unhurried<Result>(
  steps: Generator<undefined, Result>,
  signal?: AbortSignal,
): Promise<Result> {
  let since = now();
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (now() - since < SLICE_MS) continue;
      await setImmediate();
      signal?.throwIfAborted();
      since = now();
    }
  } finally {
    // A computation that is stopped halfway releases its resources.
    steps.return(undefined as Result);
  }
}

/** In milliseconds. Node.js 20 loads `performance` on first use, which takes longer than a small log. */
function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** Runs all steps at once, for threads that need not hear signals. */
export function completed<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
