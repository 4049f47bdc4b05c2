import { wordColumn } from "./columns.js";

const FIRST_SLOTS = 1 << 10;
const MAX_LOAD = 0.7;
const ARENA_PAGE = 1 << 16;
const UUID_LENGTH = 36;
const DASHES = [8, 13, 18, 23];

/**
 * Numbers keys in the order in which they come, from 0. Keys are kept whole, as bytes in pages, so that
 * equality is exact; a lower-case UUID at a key's beginning takes 16 bytes. About 20 bytes a key besides.
 */
export class KeyTable {
  /** Key number + 1 by hash; 0 is an empty slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #size = 0;
  readonly #hashes = wordColumn();
  readonly #pages: Uint8Array[] = [];
  /** Bytes of the last page that are taken; a first one is still to be made. */
  #used = ARENA_PAGE;
  /** Page and offset of each key's bytes. */
  readonly #page = wordColumn();
  readonly #offset = wordColumn();
  readonly #length = wordColumn();
  #scratch = Buffer.alloc(1024);

  get size(): number {
    return this.#size;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    const columns = [this.#hashes, this.#page, this.#offset, this.#length];
    return columns.reduce(
      (sum, { bytes }) => sum + bytes,
      this.#slots.byteLength + this.#pages.length * ARENA_PAGE,
    );
  }

  /** The key's number; a key that is new gets the next one. */
  number(key: string): number {
    const length = this.#encode(key);
    const hash = hashOf(this.#scratch, length);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let taken = this.#slots[slot] ?? 0; taken !== 0; taken = this.#slots[slot] ?? 0) {
      if (this.#hashes.get(taken - 1) === hash && this.#holds(taken - 1, length)) return taken - 1;
      slot = (slot + 1) & mask;
    }
    const number = this.#append(length, hash);
    this.#slots[slot] = number + 1;
    if (this.#size > this.#slots.length * MAX_LOAD) this.#grow();
    return number;
  }

  /** The key that a number stands for. */
  key(number: number): string {
    const page = this.#pages[this.#page.get(number)] ?? new Uint8Array(0);
    const offset = this.#offset.get(number);
    const bytes = Buffer.from(page.buffer, page.byteOffset + offset, this.#length.get(number));
    if (bytes[0] === PLAIN) return bytes.toString("utf16le", 1);
    const hex = bytes.toString("hex", 1, 17);
    const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    return uuid + bytes.toString("utf16le", 17);
  }

  /** Writes a key's bytes to the scratch buffer and gives their number. */
  #encode(key: string): number {
    const needed = 1 + key.length * 2;
    if (this.#scratch.length < needed) this.#scratch = Buffer.alloc(needed * 2);
    const scratch = this.#scratch;
    if (!packUuid(key, scratch)) {
      scratch[0] = PLAIN;
      return 1 + scratch.write(key, 1, "utf16le");
    }
    scratch[0] = UUID_FIRST;
    return 17 + (key.length === UUID_LENGTH ? 0 : scratch.write(key.slice(UUID_LENGTH), 17, "utf16le"));
  }

  #append(length: number, hash: number): number {
    const number = this.#size++;
    if (this.#used + length > ARENA_PAGE) {
      this.#pages.push(new Uint8Array(Math.max(ARENA_PAGE, length)));
      this.#used = 0;
    }
    const last = this.#pages.length - 1;
    this.#pages[last]?.set(this.#scratch.subarray(0, length), this.#used);
    this.#page.set(number, last);
    this.#offset.set(number, this.#used);
    this.#length.set(number, length);
    this.#hashes.set(number, hash);
    this.#used += length;
    return number;
  }

  #holds(number: number, length: number): boolean {
    if (this.#length.get(number) !== length) return false;
    const page = this.#pages[this.#page.get(number)];
    const offset = this.#offset.get(number);
    for (let at = 0; at < length; at++) if (page?.[offset + at] !== this.#scratch[at]) return false;
    return true;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = this.#hashes.get(number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

const PLAIN = 0;
const UUID_FIRST = 1;

/** Writes the UUID at a key's beginning to bytes 1 to 16; false where there is none in lower case. */
function packUuid(key: string, bytes: Uint8Array): boolean {
  if (key.length < UUID_LENGTH) return false;
  for (const dash of DASHES) if (key.charCodeAt(dash) !== 0x2d) return false;
  let to = 1;
  for (let at = 0; at < UUID_LENGTH; at += 2) {
    if (DASHES.includes(at)) at++;
    const high = lowerHex(key.charCodeAt(at));
    const low = lowerHex(key.charCodeAt(at + 1));
    if (high < 0 || low < 0) return false;
    bytes[to++] = high * 16 + low;
  }
  return to === 17;
}

function lowerHex(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

function hashOf(bytes: Uint8Array, length: number): number {
  let hash = length;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x5bd1e995) ^ (hash >>> 13);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 15)) >>> 0;
}
