import type { Rows } from "../../model/kinds.js";
import type { Wasm } from "./wasm.js";

/** Words of a buffer; see BUFFERS in assembly/layout.ts. */
const BUFFER_WORDS = 4;

/** A copy of the rows in the buffer of a source; undefined if there are none. */
export function drainedRows({ memory, BUFFERS }: Wasm, source: number): Rows | undefined {
  const buffer = new Uint32Array(memory.buffer, BUFFERS.value + 4 * BUFFER_WORDS * source, BUFFER_WORDS);
  const [address = 0, size = 0, count = 0] = buffer;
  if (count === 0) return undefined;
  return { size, count, buffer: memory.buffer.slice(address, address + size * count) };
}

/** The rows of several buffers, one after the other; null if there are none. */
export function joinedRows(parts: readonly Rows[]): Rows | null {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first ?? null;
  const bytes = Buffer.concat(parts.map(({ buffer }) => new Uint8Array(buffer)));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return { size: first.size, count: bytes.length / first.size, buffer };
}
