import type { InputDigest } from "../input/open/open.js";

/** Which of the inputs that came from states stand for a file, and which hold some bytes. */
export class InputIndex {
  readonly #byIdentity = new Map<string, number[]>();
  readonly #byDigest = new Map<string, number[]>();

  /** @param identity of the file that the input's path stands for */
  add(input: number, identity: string, { sha256 }: InputDigest): void {
    addTo(this.#byIdentity, identity, input);
    addTo(this.#byDigest, sha256, input);
  }

  /** In their order. */
  of(identity: string): readonly number[] {
    return this.#byIdentity.get(identity) ?? [];
  }

  /** In their order. */
  holding(sha256: string): readonly number[] {
    return this.#byDigest.get(sha256) ?? [];
  }
}

function addTo(index: Map<string, number[]>, key: string, input: number): void {
  const inputs = index.get(key);
  if (inputs === undefined) index.set(key, [input]);
  else inputs.push(input);
}
