import { createHash } from "node:crypto";

/**
 * Random numbers that are the same for the same seed and purpose. Each purpose has a stream of its own, so
 * that injecting defects does not change the log around them. The state has 128 bits (sfc32): with 32, two
 * streams would overlap and give the same UUIDs sooner or later.
 *
 * @param {string} seed
 * @param {string} purpose
 */
export function createRandom(seed, purpose) {
  const digest = createHash("sha256").update(`${seed}\n${purpose}`).digest();
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at));

  function bits() {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  }

  const fraction = () => bits() / 0x100000000;
  const below = (limit) => Math.floor(fraction() * limit);
  const pick = (list) => list[below(list.length)];

  function hex(digits) {
    let text = "";
    while (text.length < digits) text += bits().toString(16).padStart(8, "0");
    return text.slice(0, digits);
  }

  /** A UUID; of version 4, if no other is asked for. */
  function uuid(version = 4) {
    const text = hex(32);
    const groups = [
      text.slice(0, 8),
      text.slice(8, 12),
      version + text.slice(13, 16),
      "89ab"[below(4)] + text.slice(17, 20),
      text.slice(20),
    ];
    return groups.join("-");
  }

  function shuffled(list) {
    const cards = [...list];
    for (let at = cards.length - 1; at > 0; at--) {
      const other = below(at + 1);
      [cards[at], cards[other]] = [cards[other], cards[at]];
    }
    return cards;
  }

  return { fraction, below, pick, hex, uuid, shuffled };
}
