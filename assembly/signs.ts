// Signs of secrets that count only together: an escape or an assignment, and the name of a secret.
import { nextQuote } from "./strings";

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const LETTER_U: u8 = 0x75;

const LOWER_CASE: usize = memory.data<u64>([0x2020202020202020, 0x2020202020202020], 16);
const A: usize = memory.data<u64>([0x6161616161616161, 0x6161616161616161], 16);
const C: usize = memory.data<u64>([0x6363636363636363, 0x6363636363636363], 16);
const E: usize = memory.data<u64>([0x6565656565656565, 0x6565656565656565], 16);
const K: usize = memory.data<u64>([0x6b6b6b6b6b6b6b6b, 0x6b6b6b6b6b6b6b6b], 16);
const O: usize = memory.data<u64>([0x6f6f6f6f6f6f6f6f, 0x6f6f6f6f6f6f6f6f], 16);
const P: usize = memory.data<u64>([0x7070707070707070, 0x7070707070707070], 16);
const R: usize = memory.data<u64>([0x7272727272727272, 0x7272727272727272], 16);
const S: usize = memory.data<u64>([0x7373737373737373, 0x7373737373737373], 16);
const U: usize = memory.data<u64>([0x7575757575757575, 0x7575757575757575], 16);
const W: usize = memory.data<u64>([0x7777777777777777, 0x7777777777777777], 16);

/** Parts of password, passwd, passphrase, secret, token and auth: no name of a secret is without one of these ... */
const SWOR: u32 = 0x726f7773;
const SSWD: u32 = 0x64777373;
const SSPH: u32 = 0x68707373;
const CRET: u32 = 0x74657263;
const OKEN: u32 = 0x6e656b6f;
const AUTH: u32 = 0x68747561;
/** ... or of "pwd" and "key". */
const PWD: u32 = 0x647770;
const KEY: u32 = 0x79656b;

/** True if the name of a secret may stand anywhere in a record, in any case; src/privacy/signs.ts looks closer. */
export function maySayWhatIsSecret(start: usize, end: usize): bool {
  for (let at = start; at < end; at += 16) {
    let bits = pairsAt(at);
    while (bits !== 0) {
      if (isPartOfName(at + (ctz(bits) as usize))) return true;
      bits &= bits - 1;
    }
  }
  return false;
}

/** Where two letters stand that such a part begins with, of sixteen bytes: sw, ss, cr, ok, au, pw or ke. */
function pairsAt(at: usize): u32 {
  const lower = v128.load(LOWER_CASE);
  const here = v128.or(v128.load(at), lower);
  const next = v128.or(v128.load(at, 1), lower);
  const w = i8x16.eq(next, v128.load(W));
  const s = i8x16.eq(here, v128.load(S));
  let pairs = v128.and(s, v128.or(w, i8x16.eq(next, v128.load(S))));
  pairs = v128.or(pairs, v128.and(i8x16.eq(here, v128.load(P)), w));
  pairs = v128.or(pairs, v128.and(i8x16.eq(here, v128.load(C)), i8x16.eq(next, v128.load(R))));
  pairs = v128.or(pairs, v128.and(i8x16.eq(here, v128.load(O)), i8x16.eq(next, v128.load(K))));
  pairs = v128.or(pairs, v128.and(i8x16.eq(here, v128.load(A)), i8x16.eq(next, v128.load(U))));
  pairs = v128.or(pairs, v128.and(i8x16.eq(here, v128.load(K)), i8x16.eq(next, v128.load(E))));
  return i8x16.bitmask(pairs) as u32;
}

function isPartOfName(at: usize): bool {
  const four = load<u32>(at) | 0x20202020;
  if (four === SWOR || four === SSWD || four === SSPH || four === CRET || four === OKEN || four === AUTH)
    return true;
  const three = four & 0xffffff;
  return three === PWD || three === KEY;
}

/**
 * Marks in `words` that a word may begin after each escape, which ends like a word. The record must be JSON.
 *
 * @returns whether an escape may be escaped: then the record holds a text in which other escapes count
 */
export function markEscapes(start: usize, end: usize, quotes: usize, words: usize): bool {
  let at = nextQuote(start, start, end, quotes);
  while (at < end) {
    if (load<u8>(at) === QUOTE) {
      at = nextQuote(at + 1, start, end, quotes);
      continue;
    }
    const letter = load<u8>(at + 1);
    const behind = load<u8>(at + 2);
    if (letter === BACKSLASH && (behind === LETTER_U || isWhite(behind))) return true;
    const last = at + (letter === LETTER_U ? 5 : 1);
    if (last < end) mark(words, last - start);
    at = nextQuote(min(end, at + 2), start, end, quotes);
  }
  return false;
}

/** True if a letter stands for white space in an escape. */
function isWhite(letter: u8): bool {
  return letter === 0x6e || letter === 0x74 || letter === 0x72 || letter === 0x62 || letter === 0x66;
}

function mark(words: usize, bit: usize): void {
  const at = words + (bit >> 3);
  store<u8>(at, load<u8>(at) | (1 << ((bit & 7) as u8)));
}
