import { readFileSync } from "node:fs";

/**
 * True if the process may not use all addresses (`ulimit -v`). A thread takes gigabytes of them, and V8 ends the
 * process where it gets none. Where the system does not tell, there is no limit.
 */
export function isAddressSpaceLimited(): boolean {
  try {
    return /^Max address space +\d/m.test(readFileSync("/proc/self/limits", "latin1"));
  } catch {
    return false;
  }
}
