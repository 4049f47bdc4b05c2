import type { Instant } from "./observation.js";

const WORD = 0x100000000;
const DOUBLES = new Float64Array(2);
const WORDS = new Uint32Array(DOUBLES.buffer);

/** A digest in the form of a UUID, so that keys take no more room for it than for an id. */
export function digestInUuidForm(digest: number): string {
  return inUuidForm(0, 0, Math.floor(digest / WORD), digest % WORD);
}

/** An instant in the form of a UUID: the 64 bits of its seconds and those of its fraction. */
export function instantInUuidForm({ seconds, fraction }: Instant): string {
  DOUBLES[0] = seconds;
  DOUBLES[1] = fraction;
  const [low = 0, high = 0, lowOfFraction = 0, highOfFraction = 0] = WORDS;
  return inUuidForm(high, low, highOfFraction, lowOfFraction);
}

function inUuidForm(a: number, b: number, c: number, d: number): string {
  const [second, third] = [hex(b), hex(c)];
  return `${hex(a)}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${hex(d)}`;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
