import { setImmediate } from "node:timers/promises";

/** How long the thread is kept at a time: a signal is heard in between. */
const SLICE_MS = 50;

/** Goes through steps of a long computation without keeping the thread all the time. */
export async function unhurried(steps: Iterable<unknown>): Promise<void> {
  let since = performance.now();
  for (const _ of steps) {
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}
