import { setImmediate } from "node:timers/promises";

/** How long the thread is kept at a time: a signal is heard in between. */
const SLICE_MS = 50;

/**
 * Goes through the steps of a long computation without keeping the thread all the time.
 *
 * @returns what it comes to
 * @throws the signal's reason, once it is aborted
 */
export async function unhurried<Result>(
  steps: Generator<undefined, Result>,
  signal?: AbortSignal,
): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    signal?.throwIfAborted();
    since = performance.now();
  }
}

/** Goes through all steps at once, in a thread that hears nobody. */
export function completed<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
