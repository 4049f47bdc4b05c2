import { takingMemory } from "../open/wasm-memory.js";
import type { Wasm } from "./wasm.js";

/** Writes lines to where the scanner reads them. */
export function writeLines(bytes: Uint8Array, wasm: Wasm): void {
  takingMemory(() => {
    if (!wasm.reserveLines(bytes.length)) throw new RangeError(`no memory to scan ${bytes.length} bytes`);
  });
  writeBytes(bytes, wasm, wasm.TEXT.value);
}

/**
 * Writes a record to where the scanner reads one while it may be in the middle of lines.
 *
 * @param levels so many containers around a value have room
 * @returns its address
 */
export function writeRecord(bytes: Uint8Array, levels: number, wasm: Wasm): number {
  const address = takingMemory(() => {
    const start = wasm.reserveRecord(bytes.length, levels);
    if (start === 0) throw new RangeError(`no memory to scan ${bytes.length} bytes`);
    return start;
  });
  writeBytes(bytes, wasm, address);
  return address;
}

function writeBytes(bytes: Uint8Array, { memory }: Wasm, address: number): void {
  new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
}
