// Names of members that may be those of secrets; src/privacy/signs.ts looks at them more closely.

/** The last four letters of password, passwd, passphrase, secret, token, auth and value, in lower case. */
const WORD: u32 = 0x64726f77;
const SSWD: u32 = 0x64777373;
const RASE: u32 = 0x65736172;
const CRET: u32 = 0x74657263;
const OKEN: u32 = 0x6e656b6f;
const AUTH: u32 = 0x68747561;
/** The end of "value": in {"name": "token", "value": …}, another member names the secret. */
const ALUE: u32 = 0x65756c61;
/** "pwd" and "key", as the last three of four. */
const PWD: u32 = 0x647770;
const KEY: u32 = 0x79656b;

const LOWER_CASE: u32 = 0x20202020;

/** True if a name ends like that of a secret. Before a name there is a quote, so that four bytes are always there. */
export function endsLikeSecret(start: usize, length: usize): bool {
  if (length < 3) return false;
  const last = load<u32>(start + length - 4) | LOWER_CASE;
  const three = last >> 8;
  return three === KEY || three === PWD || (length > 3 && isEnding(last));
}

function isEnding(last: u32): bool {
  return (
    last === WORD ||
    last === OKEN ||
    last === CRET ||
    last === SSWD ||
    last === RASE ||
    last === AUTH ||
    last === ALUE
  );
}

/** True if a key is __proto__. */
export function isPrototype(start: usize, length: usize): bool {
  return length === 9 && load<u64>(start) === 0x5f6f746f72705f5f && load<u8>(start + 8) === 0x5f;
}
