import type { KeyRest } from "./batch.js";

/** Numbers what the keys of a block have besides the UUIDs in their rows. */
export class KeyRests {
  readonly list: KeyRest[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(uuids: number, text: string): number {
    const name = `${uuids} ${text}`;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.list.length);
    return this.list.push({ uuids, text }) - 1;
  }
}
