import { anyInstance } from "./instances.js";
import { writeRecord } from "./write-text.js";

/** The result of scanning one record. The digests are whole numbers below 2^52. */
export interface Scanned {
  /** Bits of SIGN and FLAG. */
  readonly flags: number;
  /** Digest without event_id. */
  readonly content: number;
  readonly delivery: number;
}

/** What the scanner reports of a record besides signs of secrets. The numbers are those of assembly/flags.ts. */
export const FLAG = {
  /** Bytes outside ASCII. */
  wide: 16,
  /** A member may be repeated or replaced, or the record nests deeply. */
  intricate: 32,
  /** The spelling differs from JSON.stringify: the digests are not those of the value. */
  unusual: 64,
  /** Nested so deeply that the scanner stopped. */
  deep: 128,
} as const;

/** Which digest: see assembly/index.ts. */
export const DIGEST = { content: 0, delivery: 1, payload: 2 } as const;

/** Number of containers around a value that the scanner follows; see assembly/layout.ts. */
const LEVELS = 64;

/** Scans one record, which may span several lines. */
export function scanRecord(bytes: Uint8Array, levels = LEVELS): Scanned {
  const { wasm } = anyInstance();
  const flags = wasm.scanRecord(writeRecord(bytes, levels, wasm), bytes.length, levels);
  return { flags, content: wasm.digest(DIGEST.content), delivery: wasm.digest(DIGEST.delivery) };
}
