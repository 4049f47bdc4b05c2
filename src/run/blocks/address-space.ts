import { readFileSync } from "node:fs";

/**
 * True if the address space of the process is limited (`ulimit -v`). A thread reserves gigabytes of addresses, and V8
 * ends the process if it gets none. On systems without `/proc/self/limits` the result is false.
 */
export function isAddressSpaceLimited(): boolean {
  try {
    return /^Max address space +\d/m.test(readFileSync("/proc/self/limits", "latin1"));
  } catch {
    return false;
  }
}
