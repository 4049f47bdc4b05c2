import { keyedHash } from "./keyed-hash.js";
import { wordAt } from "./number-at.js";
import { uuidFrom } from "./uuid-words.js";

const UUID_WORDS = 4;
const UUID_LENGTH = 36;

const WIDE_CHARACTER = /[\u0100-\uffff]/;
/** The encoding of a key: up to three UUIDs and one byte for each character after them; or two bytes for each. */
const WIDE = 4;
const KIND_BITS = 3;

/** The rest of a key, after the UUIDs at its beginning, encoded as 32-bit words. */
export interface EncodedRest {
  /** The length of the key and its encoding. */
  readonly header: number;
  readonly uuids: number;
  readonly text: Uint32Array;
  /** Of all these. */
  readonly hash: number;
}

/**
 * Encodes what a key has after the UUIDs that it begins with. Only equal keys have equal words: the header, the words
 * of the UUIDs, the words of the text.
 */
export function encodedRest(uuids: number, text: string): EncodedRest {
  const isWide = WIDE_CHARACTER.test(text);
  if (isWide && uuids > 0) throw new RangeError("a wide key begins with no UUID");
  const length = uuids * UUID_LENGTH + text.length;
  const kind = isWide ? WIDE : uuids;
  const words = new Uint32Array(textWords(text.length, isWide));
  Buffer.from(words.buffer).write(text, isWide ? "utf16le" : "latin1");
  const header = (length << KIND_BITS) | kind;
  return { header, uuids, text: words, hash: keyedHash(header, words, 0, words.length) };
}

/** Decodes the key whose words begin at `offset`. */
export function keyIn(words: Uint32Array, offset: number): string {
  const header = wordAt(words, offset);
  const kind = header % (1 << KIND_BITS);
  const uuids = kind === WIDE ? 0 : kind;
  let key = "";
  for (let uuid = 0; uuid < uuids; uuid++) key += uuidFrom(words, offset + 1 + uuid * UUID_WORDS);
  const length = (header >>> KIND_BITS) - key.length;
  const from = offset + 1 + uuids * UUID_WORDS;
  const text = words.slice(from, from + textWords(length, kind === WIDE));
  const bytes = Buffer.from(text.buffer);
  return (
    key + (kind === WIDE ? bytes.toString("utf16le", 0, 2 * length) : bytes.toString("latin1", 0, length))
  );
}

/** Number of words of the key that begins at `offset`. */
export function wordsIn(words: Uint32Array, offset: number): number {
  const header = wordAt(words, offset);
  const kind = header % (1 << KIND_BITS);
  const uuids = kind === WIDE ? 0 : kind;
  const length = (header >>> KIND_BITS) - uuids * UUID_LENGTH;
  return 1 + uuids * UUID_WORDS + textWords(length, kind === WIDE);
}

/** Number of words for a text. */
function textWords(length: number, isWide: boolean): number {
  return isWide ? (length + 1) >>> 1 : (length + 3) >>> 2;
}
