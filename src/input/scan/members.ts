import { randomFillSync } from "node:crypto";
import type { Wasm } from "./wasm.js";

/** Bytes of the keys; see assembly/layout.ts. */
const KEY_BYTES = 8 * 34 * 64;

/** Draws the keys that make what records are alike a secret: it differs from run to run, what follows from it does not. */
export function drawKeys({ memory, KEYS }: Wasm): void {
  randomFillSync(new Uint8Array(memory.buffer, KEYS.value, KEY_BYTES));
}

/** Tells the scanner which members decide what records are alike; none where they are too many. */
export function judgeMembers(names: readonly string[], wasm: Wasm): void {
  wasm.forgetMembers();
  const texts = names.map((name) => Buffer.from(name));
  const longest = Math.max(0, ...texts.map(({ length }) => length));
  if (wasm.reserve(longest, 0) === 0) return;
  const areFew = texts.every((text) => {
    new Uint8Array(wasm.memory.buffer, wasm.TEXT.value, text.length).set(text);
    return wasm.judgeMember(text.length) !== 0;
  });
  if (!areFew) wasm.forgetMembers();
}
