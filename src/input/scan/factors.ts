import { randomFillSync } from "node:crypto";
import type { Wasm } from "./wasm.js";

/** The factors of the digests: five odd numbers of 64 bits. */
export type Factors = BigUint64Array;

/** For digests that are stored and compared in other runs. */
export const KNOWN_FACTORS: Factors = new BigUint64Array([
  0x9fb21c651e98df25n,
  0xd6e8feb86659fd93n,
  0xe7037ed1a0b428dbn,
  0x8ebc6af09c88c6e3n,
  0xd1b54a32d192ed03n,
]);

let drawn: Factors | undefined;

/** Secret factors, drawn once per process: nobody can craft two contents with the same digest. */
export function drawnFactors(): Factors {
  drawn ??= randomFillSync(new BigUint64Array(KNOWN_FACTORS.length)).map((factor) => factor | 1n);
  return drawn;
}

export function writeFactors(factors: Factors, { memory, FACTORS }: Wasm): void {
  new BigUint64Array(memory.buffer, FACTORS.value, factors.length).set(factors);
}
