import type { InputDigest } from "../input/open/open.js";

/** Finds the inputs from states by the identity of their file, and by the digest of their bytes. */
export class InputIndex {
  readonly #byIdentity = new Map<string, number[]>();
  readonly #byDigest = new Map<string, number[]>();

  /** @param identity of the file at the input's path */
  add(input: number, identity: string, { sha256 }: InputDigest): void {
    addTo(this.#byIdentity, identity, input);
    addTo(this.#byDigest, sha256, input);
  }

  /** The inputs with this file, in log order. */
  of(identity: string): readonly number[] {
    return this.#byIdentity.get(identity) ?? [];
  }

  /** The inputs with these bytes, in log order. */
  holding(sha256: string): readonly number[] {
    return this.#byDigest.get(sha256) ?? [];
  }
}

function addTo(index: Map<string, number[]>, key: string, input: number): void {
  const inputs = index.get(key);
  if (inputs === undefined) index.set(key, [input]);
  else inputs.push(input);
}
