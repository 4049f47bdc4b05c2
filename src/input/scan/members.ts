import { randomFillSync } from "node:crypto";
import type { Terms } from "../../model/likeness.js";
import type { Wasm } from "./wasm.js";

/** Size of the keys in bytes; see assembly/layout.ts. */
const KEY_BYTES = 8 * 34 * 64;

/** Draws secret keys for the likeness of records. Likeness values differ from run to run; the results do not. */
export function drawKeys({ memory, KEYS }: Wasm): void {
  randomFillSync(new Uint8Array(memory.buffer, KEYS.value, KEY_BYTES));
}

/** Tells the scanner which members decide which records are alike. If there are too many, it passes none. */
export function judgeMembers({ members, apart }: Terms, wasm: Wasm): void {
  wasm.forgetMembers();
  const areFew =
    members.every((name) => wasm.judgeMember(write(name, wasm)) !== 0) &&
    apart.every((name) => wasm.setApart(write(name, wasm)) !== 0);
  if (!areFew) wasm.forgetMembers();
}

/** Writes a name to where the scanner reads texts; returns its length in bytes. */
function write(name: string, wasm: Wasm): number {
  const bytes = Buffer.from(name);
  if (wasm.reserve(bytes.length, 0) === 0) throw new RangeError(`no memory for ${bytes.length} bytes`);
  new Uint8Array(wasm.memory.buffer, wasm.TEXT.value, bytes.length).set(bytes);
  return bytes.length;
}
