import { BEFORE_WORD, BEGINNINGS } from "../../privacy/signs.js";
import type { Wasm } from "./wasm.js";

const GROUPS = 64;
const HEAD = 4;

/** The groups of heads; both are sorted. */
type Groups = ReadonlyMap<string, number>;

/** Tells the scanner how secrets begin, and which characters may precede words that begin secrets. */
export function fillSignTables(wasm: Wasm): void {
  fillBefore(wasm);
  const heads = [...new Set(BEGINNINGS.map(headOf))].sort();
  const groups = new Map(heads.map((head, index) => [head, Math.floor((index * GROUPS) / heads.length)]));
  fillHeads(new Uint32Array(wasm.memory.buffer, wasm.HEADS.value, HEAD * 256 * 2), groups);
  fillBeginnings(wasm, groups);
}

/**
 * Each row of sixteen characters has a bit. Everything outside ASCII shares the first bit, which signs do not use.
 */
function fillBefore({ memory, BEFORE_LOW, BEFORE_HIGH }: Wasm): void {
  const low = new Uint8Array(memory.buffer, BEFORE_LOW.value, 16);
  const high = new Uint8Array(memory.buffer, BEFORE_HIGH.value, 16);
  const add = (byte: number, bit: number): void => {
    low[byte & 15] = (low[byte & 15] ?? 0) | bit;
    high[byte >> 4] = (high[byte >> 4] ?? 0) | bit;
  };
  for (const character of BEFORE_WORD) {
    const byte = character.charCodeAt(0);
    add(byte, 1 << (byte >> 4));
  }
  for (let byte = 0x80; byte < 0x100; byte++) add(byte, 1);
}

function headOf(text: string): string {
  return text.slice(0, HEAD);
}

/**
 * Signs with similar beginnings share a group, so that few other texts match all bytes of a group.
 * The scanner looks only at words that begin with a letter.
 */
function fillHeads(halves: Uint32Array, groups: Groups): void {
  for (let place = 0; place < HEAD; place++) {
    const bytes = halves.subarray(place * 256 * 2, (place + 1) * 256 * 2);
    // Whatever follows a shorter head may follow it.
    const any = new Uint32Array(2);
    for (const [head, group] of groups) if (head.length <= place) addGroup(any, 0, group);
    for (let byte = 0; byte < 256; byte++) bytes.set(any, byte * 2);
    for (const [head, group] of groups)
      if (head.length > place) addGroup(bytes, head.charCodeAt(place), group);
  }
}

function addGroup(halves: Uint32Array, byte: number, group: number): void {
  const half = byte * 2 + (group >> 5);
  halves[half] = (halves[half] ?? 0) | (1 << (group & 31));
}

/** Bytes of a beginning that the scanner compares; see assembly/layout.ts. */
const COMPARED = 16;
const MAX_BEGINNINGS = 512;

/** Tells the scanner what the beginnings of each group are. */
function fillBeginnings(wasm: Wasm, groups: Groups): void {
  if (BEGINNINGS.length > MAX_BEGINNINGS) throw new RangeError("too many beginnings of secrets");
  const bytes = new Uint8Array(wasm.memory.buffer, wasm.BEGINNINGS.value, BEGINNINGS.length * 2 * COMPARED);
  const starts = new Uint32Array(wasm.memory.buffer, wasm.GROUP_STARTS.value, GROUPS + 1);
  // Heads are sorted, and with them the groups of sorted beginnings.
  for (const [index, text] of BEGINNINGS.entries()) {
    const compared = Buffer.from(text.slice(0, COMPARED), "latin1");
    bytes.set(compared, index * 2 * COMPARED);
    bytes.fill(0xff, (2 * index + 1) * COMPARED, (2 * index + 1) * COMPARED + compared.length);
    starts.fill(index + 1, (groups.get(headOf(text)) ?? 0) + 1);
  }
}
