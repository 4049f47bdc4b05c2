import { randomFillSync } from "node:crypto";
import { wordAt } from "./number-at.js";

/** A new random key in each process: no report depends on it. */
const [KEY_LOW = 0, KEY_HIGH = 0] = randomFillSync(new Uint32Array(2));
const LAST_ROUNDS = 4;

/**
 * A hash of a 32-bit word and of `count` others from `from` on, as an unsigned 32-bit number: HalfSipHash-1-3 (Aumasson and
 * Bernstein 2012). Senders choose the ids; without the key they cannot choose many that collide in one slot of a
 * table.
 */
export function keyedHash(first: number, words: Uint32Array, from: number, count: number): number {
  let v0 = KEY_LOW | 0;
  let v1 = KEY_HIGH | 0;
  let v2 = v0 ^ 0x6c796765;
  let v3 = v1 ^ 0x74656462;
  for (let step = -1; step < count + LAST_ROUNDS; step++) {
    const word =
      step < 0 ? first : step < count ? wordAt(words, from + step) : step === count ? count << 24 : 0;
    if (step === count + 1) v2 ^= 0xff;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}
